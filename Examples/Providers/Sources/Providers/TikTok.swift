public import Foundation
public import OAuthDialects

/// TikTok's Login Kit, which calls a client's id its key.
///
/// Sources: https://developers.tiktok.com/doc/oauth-get-a-user-access-token,
/// https://developers.tiktok.com/doc/client-access-token-management, https://developers.tiktok.com/doc/oauth-error-handling.
/// Unverified: the status of refusals.
public struct TikTokDialect: ProviderDialect {
    public let name = "tiktok"
    public let apiOrigins: APIOrigins = ["open.tiktokapis.com"]
    public let authorizationEndpoint = URL(string: "https://www.tiktok.com/v2/auth/authorize/")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.request.names = [.clientID: "client_key"]
        $0.answer.names = [.refreshTokenExpiresIn: "refresh_expires_in"]
        $0.answer.extras = ["open_id"]
        $0.refusal.rejections = ["access_token_invalid"]
        $0.scopeSeparator = ","
        // Login Kit for web documents no PKCE.
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://open.tiktokapis.com/v2/oauth/token/") : nil
    }
}
