public import Foundation
public import OAuthDialects

/// Fitbit's Web API: raw Basic, and refusals in a list of objects with an `errorType`.
///
/// State: Google announced that the API's support ended on September 30, 2026, and that its OAuth endpoints are turned off on
/// November 2, 2026 (https://developers.google.com/health/migration). The dialect stays as an example of its habits.
///
/// Sources: https://dev.fitbit.com/build/reference/web-api/authorization/oauth2-token, …/refresh-token, …/revoke-token, and
/// https://dev.fitbit.com/build/reference/web-api/troubleshooting-guide/error-handling.
/// Unverified: the token answer as a whole, the refusals' texts, and that a refresh token can be used once.
public struct FitbitDialect: ProviderDialect {
    public let name = "fitbit"
    public let apiOrigins: APIOrigins = ["api.fitbit.com"]
    public let authorizationEndpoint = URL(string: "https://www.fitbit.com/oauth2/authorize")
    public let revocationEndpoint = URL(string: "https://api.fitbit.com/oauth2/revoke")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .basic
        $0.answer.extras = ["user_id"]
        $0.refusal.codes = ["errors[].errorType"]
        $0.refusal.messages = ["errors[].message"]
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://api.fitbit.com/oauth2/token") : nil
    }
}
