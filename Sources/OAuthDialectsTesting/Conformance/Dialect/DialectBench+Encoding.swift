internal import Foundation
internal import OAuthDialects

extension DialectBench {
    /// Client secrets that change if they are encoded once too often or not often enough.
    private static let hostile = [
        "plus+sign", "per%cent", "already%2Bencoded", "a b", "a&b=c", "\"quoted\"", #"back\slash"#, "colon:colon",
        "slash/?#", "ünïcödé", "emoji✓🔑", "=padded==", "~tilde*star", "'single'", "<tag>&amp;", "{json}",
        String(repeating: "long+", count: 400),
    ]

    var encoding: [ConformanceCase] {
        values + Self.hostile.map(secret) + [controls, emptyScopes, missingSecret]
    }

    private var values: [ConformanceCase] {
        eachGrant("Lossless encoding", "the grant's values, as a server decodes them", "the same values, each once") {
            let fields = RequestFields.of($1) ?? []
            for (what, value, isNeeded) in Self.presented($0, dialect.conventions) {
                let count = fields.count { $0.value == value }
                guard count <= 1 else { return "the \(what) \(count) times" }
                if count == 0, isNeeded, !isLeftOut(what, of: $0) { return "no field with the \(what)" }
            }
            return nil
        }
    }

    /// The values that a grant presents, and whether a provider needs each.
    static func presented(
        _ grant: Grant,
        _ conventions: WireConventions
    ) -> [(what: String, value: String, isNeeded: Bool)] {
        let type = (what: "grant type", value: grant.type, isNeeded: true)
        return switch grant {
        case .clientCredentials(let scopes):
            [type, ("scope", scopes.joined(separator: conventions.scopeSeparator), true)]
        case .refreshToken(let token, _):
            [type, ("refresh token", token.value.revealed, true)]
        case .authorizationCode(let code, let redirectURI, let verifier):
            [
                type, ("code", code.revealed, true), ("redirect URI", redirectURI ?? "", true),
                ("code verifier", verifier?.revealed ?? "", conventions.pkce == .s256),
            ]
        case .other:
            [type]
        }
    }

    private func secret(_ text: String) -> ConformanceCase {
        let shown = text.utf8.count > 40 ? "of \(text.utf8.count) bytes" : text
        return one("Lossless encoding", "the client secret \(shown)", "the same secret once the provider decodes it") {
            guard let grant = grants.first else { return nil }
            let request = try request(grant, ClientCredentials(id: "conformance-client", secret: text))
            let places = SecretPlaces(in: request, of: Secret(text), dialect.conventions)
            if dialect.conventions.clientAuthentication == .publicClient {
                // The grant's own values may contain the secret's text by chance: a secret that is not sent changes nothing.
                let other = ClientCredentials(id: "conformance-client", secret: "another-" + text)
                if Self.bytes(of: request) == Self.bytes(of: try self.request(grant, other)) { return nil }
            }
            return places.exact.count == 1 ? nil : "no single place that the provider decodes to the same secret"
        }
    }

    private var controls: ConformanceCase {
        one(
            "Lossless encoding",
            "a client secret with a line break",
            "an error, or the same secret in valid headers"
        ) {
            guard let grant = grants.first else { return nil }
            let text = "line\r\nX-Injected: 1"
            do {
                let request = try request(grant, ClientCredentials(id: "conformance-client", secret: text))
                try request.headers.check()
                guard dialect.conventions.clientAuthentication != .publicClient else { return nil }
                let places = SecretPlaces(in: request, of: Secret(text), dialect.conventions)
                return places.exact.count == 1 ? nil : "a different secret is sent"
            } catch is TokenError {
                return nil
            }
        }
    }

    private var emptyScopes: ConformanceCase {
        one("Lossless encoding", "client_credentials without scopes", "no empty field") {
            guard has("client_credentials") else { return nil }
            let fields = RequestFields.of(try request(.clientCredentials())) ?? []
            return fields.first { $0.value.isEmpty }.map { "the field \($0.name) is empty" }
        }
    }

    private var missingSecret: ConformanceCase {
        one("Lossless encoding", "a client without the required secret", "the error invalidCredentials") {
            guard let grant = grants.first, dialect.conventions.clientAuthentication != .publicClient else {
                return nil
            }
            do {
                _ = try request(grant, ClientCredentials(id: "conformance-client"))
                return "a request"
            } catch let error as TokenError {
                return error.code == .invalidCredentials ? nil : "\(error.code)"
            }
        }
    }
}
