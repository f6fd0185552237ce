internal import Foundation
internal import OAuthDialects

extension SandboxState {
    /// Authenticates the client of a token request and returns its ID.
    func client(of reading: SandboxReading, presenting grant: String? = nil) throws(SandboxRefusal) -> String {
        let presented = try presentedClient(of: reading, grant.flatMap { rules.clients[$0] } ?? rules.client)
        guard let secret = clients[presented.id] else {
            throw SandboxRefusal.misuse(.invalidClient, "The client is unknown.")
        }
        guard presented.secret == secret else {
            throw SandboxRefusal.misuse(.invalidClient, whatIsWrong(with: presented, secret))
        }
        return presented.id
    }

    private struct Presented {
        let id: String
        let secret: String
        var raw: String?
    }

    private func presentedClient(
        of reading: SandboxReading,
        _ authentication: WireConventions.TokenRequest.ClientAuthentication
    ) throws(SandboxRefusal) -> Presented {
        let inBody = reading.value("client_secret", rules)
        if authentication == .none {
            // Something else says who asks: a signature, or the grant.
            let id = reading.value("client_id", rules) ?? owner
            return Presented(id: id, secret: clients[id] ?? "")
        }
        if authentication == .publicClient {
            guard reading.authorization == nil, inBody == nil else {
                throw SandboxRefusal.misuse(
                    .invalidClient,
                    "A public client sends neither a secret nor an Authorization header."
                )
            }
            guard let id = reading.value("client_id", rules) else {
                throw SandboxRefusal.misuse(.invalidClient, "The field \(rules.name("client_id")) is missing.")
            }
            return Presented(id: id, secret: clients[id] ?? "")
        }
        if authentication == .body {
            guard reading.authorization == nil else {
                let place = inBody == nil ? "in the header" : "in the header and in the body"
                throw SandboxRefusal.misuse(
                    .invalidClient,
                    "The client authenticates \(place); the app is registered for client_secret_post, in the body only."
                )
            }
            guard let id = reading.value("client_id", rules), let inBody else {
                throw SandboxRefusal.misuse(
                    .invalidClient,
                    "The client does not authenticate: client_id or client_secret is missing."
                )
            }
            return Presented(id: id, secret: inBody)
        }
        guard
            !reading.fields.contains(where: {
                ["client_secret", "clientSecret", rules.name("client_secret")].contains($0.name)
            })
        else {
            let place = reading.authorization == nil ? "in the body" : "in the header and in the body"
            throw SandboxRefusal.misuse(
                .invalidClient,
                "The client secret is \(place); \(rules.title) accepts it only as Basic."
            )
        }
        return try basic(reading.authorization)
    }

    private func basic(_ header: String?) throws(SandboxRefusal) -> Presented {
        guard let header else {
            throw SandboxRefusal.misuse(
                .invalidClient,
                "The client does not authenticate: there is no Authorization header."
            )
        }
        guard header.hasPrefix("Basic ") else {
            throw SandboxRefusal.misuse(.invalidClient, "The Authorization header is not Basic.")
        }
        guard let bytes = Data(base64Encoded: String(header.dropFirst(6))),
            let pair = String(validating: bytes, as: UTF8.self), let colon = pair.firstIndex(of: ":")
        else {
            throw SandboxRefusal.misuse(.invalidClient, "The Basic header is not the Base64 of id:secret.")
        }
        let (id, secret) = (String(pair[..<colon]), String(pair[pair.index(after: colon)...]))
        guard rules.client == .basicFormEncoded else { return Presented(id: id, secret: secret) }
        guard let plainID = FormDecoding.decode(id), let plainSecret = FormDecoding.decode(secret) else {
            throw SandboxRefusal.misuse(
                .invalidClient,
                "The client id and the secret in the Basic header are not each form-encoded."
            )
        }
        return Presented(id: plainID, secret: plainSecret, raw: secret)
    }

    private func whatIsWrong(with presented: Presented, _ secret: String) -> String {
        if presented.raw == secret {
            return "The secret is sent unencoded; \(rules.title) decodes it, so each half has to be form-encoded first."
        }
        if FormDecoding.decode(presented.secret) == secret {
            return "The secret is percent-encoded once too often; \(rules.title) does not decode it."
        }
        return "The client secret is wrong."
    }
}
