internal import Foundation
internal import OAuthDialects

extension DialectBench {
    private var authorizationRequest: AuthorizationRequest {
        AuthorizationRequest(
            clientID: Self.credentials.id,
            redirectURI: Self.redirectURI,
            scopes: Self.scopes,
            state: "state+/=&%2B~",
            codeChallenge: provesCodes ? "challenge-_0" : nil
        )
    }

    /// The URL to which the app sends the user's browser.
    var browser: [ConformanceCase] { signInURL + proofs }

    private var signInURL: [ConformanceCase] {
        let clause = DialectClause.signInURL
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
                let expected = [
                    (conventions.name("response_type"), "code"), (client, Self.credentials.id),
                    (conventions.name("redirect_uri"), Self.redirectURI), (conventions.name("state"), "state+/=&%2B~"),
                    (conventions.name("scope"), Self.scopes.joined(separator: conventions.scopeSeparator)),
                ]
                for (name, value) in expected where fields[name] != value {
                    return "\(name): \(fields[name] == nil ? "missing" : "a different value")"
                }
                return nil
            },
            one(
                .pkce,
                "the challenge in the sign-in URL",
                provesCodes ? "an S256 challenge" : "none, because the provider takes none"
            ) {
                let fields = try QueryFields(of: try dialect.authorizationURL(for: authorizationRequest).absoluteString)
                let names = ["code_challenge", "code_challenge_method"].map { conventions.name($0) }
                let values = names.map { fields[$0] }
                if !provesCodes { return values == [nil, nil] ? nil : "a challenge" }
                return values == ["challenge-_0", "S256"] ? nil : "no challenge, or another method"
            },
        ]
    }

    /// Whether sign-ins use PKCE; those of a public client always do.
    private var provesCodes: Bool {
        conventions.pkce == .s256 || conventions.request.clientAuthentication == .publicClient
    }

    /// The verifier that belongs to the challenge.
    private var proofs: [ConformanceCase] {
        eachGrant(.pkce, "the verifier", "in the exchange of a code, if the conventions use PKCE") { grant, request in
            guard case .authorizationCode = grant, provesCodes else { return nil }
            guard !conventions.request.omitted.contains(.codeVerifier) else { return nil }
            let fields = RequestFields.of(request) ?? []
            return fields.contains { $0.value == Self.verifier.revealed } ? nil : "no verifier"
        }
    }
}
