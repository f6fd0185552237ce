internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private var authorizationRequest: AuthorizationRequest {
        AuthorizationRequest(
            clientID: Self.credentials.id,
            redirectURI: Self.redirectURI,
            scopes: Self.scopes,
            state: "state+/=&%2B~",
            codeChallenge: dialect.conventions.pkce == .s256 ? "challenge-_0" : nil
        )
    }

    /// The URL to which the app sends the user's browser.
    var browser: [ConformanceCase] {
        let clause = "Signing in (RFC 6749, section 4.1.1)"
        guard let endpoint = dialect.authorizationEndpoint else {
            return [
                one(clause, "a sign-in without an authorization endpoint", "the error unsupportedGrant") {
                    do {
                        _ = try dialect.authorizationURL(for: authorizationRequest)
                        return "a URL"
                    } catch let error as TokenError {
                        return error.code == .unsupportedGrant ? nil : "\(error.code)"
                    }
                }
            ]
        }
        return [
            one(clause, "the sign-in URL", "authorizationEndpoint, with https and without a fragment") {
                let url = try dialect.authorizationURL(for: authorizationRequest)
                let origin = try Origin(carryingSecretsTo: url)
                guard url.path(percentEncoded: true) == endpoint.path(percentEncoded: true),
                    origin == (try Origin(of: endpoint)), url.fragment() == nil
                else { return "a different address" }
                return nil
            },
            one(
                clause,
                "the parameters of the sign-in URL, as a server decodes them",
                "each value unchanged and once, in the dialect's spelling"
            ) {
                let url = try dialect.authorizationURL(for: authorizationRequest)
                let fields = try QueryFields(of: url.absoluteString)
                let conventions = dialect.conventions
                // A dialect with its own name for client_id in token requests uses it here too.
                let client = DialectProbe(dialect).names["client_id"] ?? conventions.name("client_id")
                var expected = [
                    (conventions.name("response_type"), "code"), (client, Self.credentials.id),
                    (conventions.name("redirect_uri"), Self.redirectURI), ("state", "state+/=&%2B~"),
                    (conventions.name("scope"), Self.scopes.joined(separator: conventions.scopeSeparator)),
                ]
                if conventions.pkce == .s256 {
                    expected.append((conventions.name("code_challenge"), "challenge-_0"))
                    expected.append((conventions.name("code_challenge_method"), "S256"))
                }
                for (name, value) in expected where fields[name] != value {
                    return "\(name): \(fields[name] == nil ? "missing" : "a different value")"
                }
                return nil
            },
        ]
    }
}
