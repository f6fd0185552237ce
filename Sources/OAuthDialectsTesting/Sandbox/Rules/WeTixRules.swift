internal import Foundation
internal import OAuthDialects

extension SandboxRules {
    /// WeTix, as its pages *Client Credentials* and *Refresh Token* document it.
    ///
    /// The pages document no errors. The sandbox's token endpoints therefore return the errors of RFC 6749, and its API rejects
    /// a token with a GraphQL error without a code. The pages mention the authorization code grant in one sentence only.
    static let weTix = Self(
        title: "WeTix",
        tokenPaths: [
            "/auth/token": ["client_credentials", "authorization_code"],
            "/auth/refresh": ["refresh_token"],
        ],
        body: .json,
        naming: .snakeCase,
        client: .basic,
        scopeSeparator: " ",
        accessLifetime: { _ in .seconds(5_184_000) },
        refreshLifetime: .seconds(31_536_000),
        // The sample response contains the same refresh token as its request.
        rotation: .fixed,
        accessShape: .threeParts,
        refreshShape: .threeParts,
        givesRefreshToken: { _, _ in true },
        spendsCodeOnFailure: false,
        answer: { issue in
            var members: [(String, JSONValue)] = [
                ("access_token", .text(issue.accessToken)),
                ("expires_in", .number(issue.lifetime)),
            ]
            if let token = issue.refreshToken {
                members.append(("refresh_token", .text(token)))
                members.append(("refresh_token_expires_in", .number(issue.refreshLifetime)))
            }
            return .object(members + [("token_type", .text("Bearer"))])
        },
        wording: weTixWording,
        tokenError: { wording, words in
            .object([("error", .text(wording.code)), ("error_description", .text(words))])
        },
        resourceError: { wording, words in
            .object([("errors", .list([.object([("message", .text(words))])])), ("data", .null)])
        },
        dialect: {
            // The documents name no authorization endpoint; this path is the sandbox's own.
            let endpoint = $0.appending(path: "auth/authorize", directoryHint: .notDirectory)
            return .weTix(.custom($0), authorizationEndpoint: endpoint, apiHosts: $1)
        },
        authorizationPath: "/auth/authorize",
        asksForBasic: true
    )

    private static func weTixWording(_ kind: SandboxRefusal.Kind) -> SandboxWording {
        switch kind {
        case .notFound: .init(status: 404, code: "not_found", message: "")
        case .methodNotAllowed: .init(status: 405, code: "method_not_allowed", message: "")
        case .emptyBody, .badRequest: .init(status: 400, code: "invalid_request", message: "")
        case .invalidClient: .init(status: 401, code: "invalid_client", message: "")
        case .unsupportedGrant: .init(status: 400, code: "unsupported_grant_type", message: "")
        case .invalidScope: .init(status: 400, code: "invalid_scope", message: "")
        case .invalidGrant, .tokenReused: .init(status: 400, code: "invalid_grant", message: "")
        case .missingToken, .invalidToken, .expiredToken: .init(status: 401, code: "invalid_token", message: "")
        case .unknown: .init(status: 400, code: "a_word_of_tomorrow", message: "Unknown")
        case .internalError: .init(status: 500, code: "server_error", message: "")
        case .unavailable: .init(status: 503, code: "temporarily_unavailable", message: "")
        case .tooManyRequests: .init(status: 429, code: "slow_down", message: "")
        }
    }
}
