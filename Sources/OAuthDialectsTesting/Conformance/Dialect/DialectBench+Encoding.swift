internal import Foundation
internal import OAuthDialects

extension DialectBench {
    /// Client secrets that change if they are encoded once too often or not often enough.
    private static let hostile = [
        "plus+sign", "per%cent", "already%2Bencoded", "a b", "x&y=z", "\"quoted\"", #"back\slash"#, "colon:colon",
        "slash/?#", "ünïcödé", "emoji✓🔑", "=padded==", "~tilde*star", "'single'", "<tag>&amp;", "{json}",
        String(repeating: "long+", count: 400),
    ]

    var encoding: [ConformanceCase] {
        values + Self.hostile.map(secret) + [controls, emptyScopes, missingSecret]
    }

    private var values: [ConformanceCase] {
        eachGrant(.grantValues, "the grant's values, as a server decodes them", "the same values, each once") {
            let fields = RequestFields.of($1) ?? []
            for (what, value, isNeeded) in presented($0) {
                let count = fields.count { $0.value == value }
                guard count <= 1 else { return "the \(what) \(count) times" }
                if count == 0, isNeeded, !isLeftOut(what, of: $0) { return "no field with the \(what)" }
            }
            return nil
        }
    }

    /// The values that a grant presents, and whether a provider needs each.
    func presented(_ grant: Grant) -> [(what: String, value: String, isNeeded: Bool)] {
        let scopes = { (scopes: [String]) in scopes.joined(separator: conventions.scopeSeparator) }
        let type = presented("grant type", .grantType, grant.type)
        return switch grant {
        case .clientCredentials(let asked):
            [type, presented("scope", .scope, scopes(asked))]
        case .refreshToken(let token, _):
            [
                type, presented("refresh token", .refreshToken, token.value.revealed),
                presented("scope", .scope, scopes(Self.scopes), isNeeded: conventions.request.repeatsScopes),
            ]
        case .authorizationCode(let code, let redirectURI, let verifier):
            [
                type, presented("code", .code, code.revealed),
                presented("redirect URI", .redirectURI, redirectURI ?? ""),
                presented("code verifier", .codeVerifier, verifier?.revealed ?? "", isNeeded: false),
            ]
        case .other:
            [type]
        }
    }

    private func presented(
        _ what: String,
        _ field: WireConventions.Field,
        _ value: String,
        isNeeded: Bool = true
    ) -> (what: String, value: String, isNeeded: Bool) {
        let isTaken = !conventions.request.omitted.contains(field)
        return (what, conventions.value(field.standardName, value), isNeeded && isTaken)
    }

    /// The first grant that is presented with the client's secret; the first of all if none is.
    private var grantWithSecret: Grant? {
        let secret = Self.credentials.secret ?? ""
        return grants.first { grant in
            (try? request(grant)).map { !SecretPlaces(in: $0, of: secret, conventions).all.isEmpty } ?? false
        } ?? grants.first
    }

    private func secret(_ text: String) -> ConformanceCase {
        let shown = text.utf8.count > 40 ? "of \(text.utf8.count) bytes" : text
        let expected = sendsSecret ? "the same secret once the provider decodes it" : "no secret in the request"
        return one(.clientSecret, "the client secret \(shown)", expected) {
            guard let grant = grantWithSecret else { return nil }
            let request = try request(grant, ClientCredentials(id: "conformance-client", secret: text))
            let places = SecretPlaces(in: request, of: Secret(text), conventions)
            if !sendsSecret {
                return places.all.isEmpty ? nil : "the secret, in \(places.all.joined(separator: ", and in "))"
            }
            return places.exact.count == 1 ? nil : "no single place that the provider decodes to the same secret"
        }
    }

    private var controls: ConformanceCase {
        one(
            .clientSecret,
            "a client secret with a line break",
            "an error, or the same secret in valid headers"
        ) {
            guard let grant = grantWithSecret else { return nil }
            let text = "line\r\nX-Injected: 1"
            do {
                let request = try request(grant, ClientCredentials(id: "conformance-client", secret: text))
                try request.headers.check()
                guard sendsSecret else { return nil }
                let places = SecretPlaces(in: request, of: Secret(text), conventions)
                return places.exact.count == 1 ? nil : "a different secret is sent"
            } catch is TokenError {
                return nil
            }
        }
    }

    private var emptyScopes: ConformanceCase {
        one(.grantValues, "client_credentials without scopes", "no empty field") {
            guard has("client_credentials") else { return nil }
            let fields = RequestFields.of(try request(.clientCredentials())) ?? []
            return fields.first { $0.value.isEmpty }.map { "the field \($0.name) is empty" }
        }
    }

    private var missingSecret: ConformanceCase {
        one(.clientSecret, "a client without the required secret", "the error invalidCredentials") {
            guard let grant = grantWithSecret, sendsSecret else { return nil }
            do {
                _ = try request(grant, ClientCredentials(id: "conformance-client"))
                return "a request"
            } catch let error as TokenError {
                return error.code == .invalidCredentials ? nil : "\(error.code)"
            }
        }
    }
}
