public import Foundation
public import OAuthDialects

/// Xero: raw Basic, `offline_access` for a refresh token, and a new refresh token at each use.
///
/// API requests name the tenant in `xero-tenant-id`, which `https://api.xero.com/connections` lists and the app adds.
///
/// Sources: https://github.com/XeroAPI/xero-node, https://developer.xero.com/documentation/oauth2/troubleshooting,
/// https://github.com/XeroAPI/xero-postman-oauth2.
/// Unverified: the address and the fields of revocation; the status of refusals.
public struct XeroDialect: ProviderDialect {
    public let name = "xero"
    public let apiOrigins: APIOrigins = ["api.xero.com"]
    public let authorizationEndpoint = URL(string: "https://login.xero.com/identity/connect/authorize")
    public let revocationEndpoint = URL(string: "https://identity.xero.com/connect/revocation")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .basic
        // Xero documents PKCE only for apps without a secret.
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
        $0.offlineScope = "offline_access"
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://identity.xero.com/connect/token") : nil
    }
}
