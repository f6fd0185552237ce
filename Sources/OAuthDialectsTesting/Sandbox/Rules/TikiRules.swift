internal import Foundation
internal import OAuthDialects

extension SandboxRules {
    /// Tiki, as its page *Client Credentials* documents it; where the page says nothing, it behaves like ORY Hydra.
    static func tiki(_ authentication: TikiDialect.Authentication) -> Self {
        Self(
            title: "Tiki",
            tokenPaths: ["/sc/oauth2/token": ["client_credentials", "refresh_token", "authorization_code"]],
            body: .form,
            naming: .snakeCase,
            client: authentication == .basic ? .basicFormEncoded : .body,
            scopeSeparator: " ",
            // Tiki's tables list it even if the client authenticates with Basic.
            harmlessFields: ["client_id"],
            accessLifetime: { _ in .seconds(1_295_999) },
            refreshLifetime: .seconds(30 * 86400),
            rotation: .rotating,
            accessShape: .twoParts,
            refreshShape: .twoParts,
            // The page: "With client credentials, you have no refresh token". Other grants need the scope `offline`.
            givesRefreshToken: { $0 != "client_credentials" && $1.contains("offline") },
            spendsCodeOnFailure: false,
            answer: { issue in
                var members: [(String, JSONValue)] = [
                    ("access_token", .text(issue.accessToken)),
                    ("expires_in", .number(issue.lifetime)),
                ]
                if let token = issue.refreshToken { members.append(("refresh_token", .text(token))) }
                // Like Tiki, returns the scopes in an order other than the requested one.
                let scope = issue.scopes.sorted().joined(separator: " ")
                return .object(members + [("scope", .text(scope)), ("token_type", .text("bearer"))])
            },
            wording: tikiWording,
            tokenError: { wording, words in
                .object([
                    ("error", .text(wording.code)),
                    ("error_description", .text(wording.message)),
                    ("error_hint", .text(words)),
                    ("status_code", .number(wording.status)),
                ])
            },
            resourceError: { _, words in .object([("errors", .list([.text(words)]))]) },
            dialect: { .tiki(.custom($0), authentication: authentication, apiHosts: $1) },
            authorizationPath: "/sc/oauth2/auth",
            // Tiki documents none of this; ORY Hydra supports S256 and requires a state of eight characters.
            knowsPKCE: true,
            minimumStateLength: 8,
            tellsGrantedScopes: true
        )
    }

    private static func tikiWording(_ kind: SandboxRefusal.Kind) -> SandboxWording {
        switch kind {
        case .notFound: .init(status: 404, code: "not_found", message: "Not found")
        case .methodNotAllowed: .init(status: 405, code: "invalid_request", message: "The method is not POST")
        case .emptyBody:
            .init(status: 400, code: "invalid_request", message: "The POST body can not be empty")
        case .badRequest:
            .init(status: 400, code: "invalid_request", message: HydraText.invalidRequest)
        case .invalidClient: .init(status: 401, code: "invalid_client", message: HydraText.invalidClient)
        case .unsupportedGrant:
            .init(status: 400, code: "unsupported_grant_type", message: HydraText.unsupportedGrant)
        case .invalidScope: .init(status: 400, code: "invalid_scope", message: HydraText.invalidScope)
        case .invalidGrant: .init(status: 400, code: "invalid_grant", message: HydraText.invalidGrant)
        // Hydra 1.10 to 2.2; later versions return `invalid_grant` with 400.
        case .tokenReused: .init(status: 401, code: "token_inactive", message: HydraText.inactive)
        case .missingToken, .invalidToken, .expiredToken: .init(status: 401, code: "", message: "")
        case .unknown: .init(status: 400, code: "a_word_of_tomorrow", message: "Unknown")
        case .internalError: .init(status: 500, code: "server_error", message: HydraText.internalError)
        case .unavailable: .init(status: 503, code: "temporarily_unavailable", message: HydraText.unavailable)
        case .tooManyRequests: .init(status: 429, code: "too_many_requests", message: "Rate limit exceeded")
        }
    }
}

/// ORY Hydra's error messages, verbatim.
private enum HydraText {
    static let invalidRequest =
        "The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed"
    static let invalidClient =
        "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)"
    static let unsupportedGrant = "The authorization grant type is not supported by the authorization server"
    static let invalidScope = "The requested scope is invalid, unknown, or malformed"
    static let invalidGrant =
        "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client"
    static let inactive = "Token is inactive because it is malformed, expired or otherwise invalid"
    static let internalError =
        "The authorization server encountered an unexpected condition that prevented it from fulfilling the request"
    static let unavailable =
        "The authorization server is currently unable to handle the request due to a temporary overloading or maintenance of the server"
}
