internal import Foundation
internal import OAuthDialects

extension SandboxState {
    /// Whether a request is a revocation.
    func isRevocation(_ reading: SandboxReading) -> Bool {
        guard let own = rules.ownRevocation else { return rules.revocationPath == reading.path }
        return clients.contains { id, secret in
            let sample = own.request(by: ClientCredentials(id: id, secret: Secret(secret)))
            return sample?.method == reading.method && sample?.url.path(percentEncoded: true) == reading.path
        }
    }

    /// Revokes a token; an unknown token is not an error (RFC 7009, section 2.2).
    mutating func revoke(_ reading: SandboxReading, _ report: inout SandboxReport) throws(SandboxRefusal) {
        let (text, client) = try rules.ownRevocation == nil ? standardRevocation(reading) : ownRevocation(reading)
        if let token = refreshTokens[text], token.client == client {
            report.outcome = "Revoked a refresh token and its family."
            revoke(family: token.family)
        } else if let token = accessTokens[text], token.client == client {
            report.outcome = "Revoked an access token."
            accessTokens[text]?.standing = .revoked
        } else {
            report.outcome = "Revoked nothing: the token is unknown."
        }
    }

    private func standardRevocation(
        _ reading: SandboxReading
    ) throws(SandboxRefusal) -> (token: String, client: String) {
        try checkEnvelope(of: reading)
        if let problem = reading.problem { throw problem }
        let client = try client(of: reading)
        guard let text = reading.value("token", rules) else {
            throw SandboxRefusal.misuse(.badRequest, "The field \(rules.name("token")) is missing.")
        }
        return (text, client)
    }

    /// Wherever the dialect's own revocation names the token.
    private func ownRevocation(_ reading: SandboxReading) throws(SandboxRefusal) -> (token: String, client: String) {
        try object(to: reading)
        let fields = (RequestFields.inQuery(of: reading.request) ?? []) + (RequestFields.of(reading.request) ?? [])
        let words = reading.headers.fields.flatMap { $0.value.split(separator: " ").map(String.init) }
        let texts = fields.map(\.value) + words
        guard let text = texts.first(where: { refreshTokens[$0] != nil || accessTokens[$0] != nil }) else {
            return ("", owner)
        }
        return (text, (refreshTokens[text] ?? accessTokens[text])?.client ?? owner)
    }
}
