public import Foundation
public import OAuthDialects

/// PayPal's REST APIs: raw Basic, and refresh tokens that can be used again.
///
/// Sources: https://developer.paypal.com/api/rest/authentication/, https://github.com/paypal/PayPal-iOS-SDK (codes and refresh
/// tokens), https://github.com/paypal/PayPal-TypeScript-Server-SDK (the codes of refusals).
/// Unverified: the production host; refresh tokens outside of the archived SDK's pages. The address where a person signs in is left
/// out: no page that was read names it.
public struct PayPalDialect: ProviderDialect {
    public let name = "paypal"
    public let apiOrigins: APIOrigins
    private let exchangeEndpoint: URL?
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .basic
        $0.answer.extras = ["app_id", "nonce"]
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .reusable
    }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether requests go to the sandbox.
    public init(isSandbox: Bool = false) {
        let host = isSandbox ? "api-m.sandbox.paypal.com" : "api-m.paypal.com"
        apiOrigins = APIOrigins([host])
        exchangeEndpoint = URL(string: "https://\(host)/v1/oauth2/token")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type) ? exchangeEndpoint : nil
    }
}
