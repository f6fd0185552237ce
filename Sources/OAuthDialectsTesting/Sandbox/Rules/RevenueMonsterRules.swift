internal import Foundation
internal import OAuthDialects

extension SandboxRules {
    /// Revenue Monster, as its page *Client Credentials* documents it.
    ///
    /// The page gives no status codes for errors; existing clients expect 400 and 401.
    static let revenueMonster = Self(
        title: "Revenue Monster",
        tokenPaths: ["/v1/token": ["client_credentials", "refresh_token", "authorization_code"]],
        body: .json,
        naming: .camelCase,
        client: .basic,
        scopeSeparator: ",",
        accessLifetime: { $0 == "authorization_code" ? .seconds(7200) : .seconds(2_591_999) },
        refreshLifetime: .seconds(1_576_799_999),
        rotation: .rotating,
        accessShape: .threeParts,
        refreshShape: .letters(128),
        givesRefreshToken: { _, _ in true },
        // The page: "Once used (either successful or failed) … request a new".
        spendsCodeOnFailure: true,
        answer: { issue in
            var members: [(String, JSONValue)] = [
                ("accessToken", .text(issue.accessToken)),
                ("tokenType", .text("Bearer")),
                ("expiresIn", .number(issue.lifetime)),
            ]
            if let token = issue.refreshToken {
                members.append(("refreshToken", .text(token)))
                // The sample response for authorization codes lacks this field.
                if issue.grant != "authorization_code" {
                    members.append(("refreshTokenExpiresIn", .number(issue.refreshLifetime)))
                }
            }
            return .object(members)
        },
        wording: revenueMonsterWording,
        tokenError: revenueMonsterError,
        resourceError: revenueMonsterError,
        dialect: { .revenueMonster(.custom($0), apiHosts: $1) },
        authorizationPath: "/authorize",
        wantsScope: true
    )

    private static func revenueMonsterWording(_ kind: SandboxRefusal.Kind) -> SandboxWording {
        switch kind {
        case .notFound: .init(status: 404, code: "NOT_FOUND", message: "Not found")
        case .methodNotAllowed: .init(status: 405, code: "METHOD_NOT_ALLOWED", message: "Method not allowed")
        case .emptyBody, .badRequest: .init(status: 400, code: "VALIDATION_ERROR", message: "Validation error")
        case .invalidClient: .init(status: 401, code: "INVALID_CLIENT", message: "Invalid client")
        case .unsupportedGrant: .init(status: 400, code: "GRANT_TYPE_INVALID", message: "Invalid grant type")
        case .invalidScope: .init(status: 400, code: "INVALID_SCOPE", message: "Invalid scope")
        case .invalidGrant, .tokenReused: .init(status: 400, code: "INVALID_GRANT", message: "Invalid grant")
        case .missingToken: .init(status: 401, code: "UNAUTHORIZED", message: "Unauthorized")
        case .invalidToken:
            .init(status: 401, code: "TOKEN_INVALID", message: "Unable to verify your credentials")
        case .expiredToken: .init(status: 401, code: "TOKEN_EXPIRED", message: "Invalid or expired token")
        case .unknown: .init(status: 400, code: "A_WORD_OF_TOMORROW", message: "Unknown")
        case .internalError: .init(status: 500, code: "INTERNAL_ERROR", message: "Internal error")
        case .unavailable: .init(status: 503, code: "TemporaryUnAvailable", message: "Temporarily unavailable")
        case .tooManyRequests:
            .init(status: 429, code: "TOO_MANY_REQUEST_PER_SECOND", message: "Too many requests per second")
        }
    }

    private static func revenueMonsterError(_ wording: SandboxWording, _ words: String) -> JSONValue {
        .object([
            (
                "error",
                .object([
                    ("code", .text(wording.code)),
                    ("message", .text(wording.message)),
                    ("debug", .text(words)),
                ])
            )
        ])
    }
}
