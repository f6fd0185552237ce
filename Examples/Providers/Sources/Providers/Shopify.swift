public import Foundation
public import OAuthDialects

/// Shopify's Admin API: everything on the shop's own host, a header of its own for the token, and codes without `grant_type`.
///
/// Sources: https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant,
/// …/access-tokens/offline-access-tokens, …/access-tokens/client-credentials-grant (all read in copies),
/// https://github.com/Shopify/shopify-app-js and shopify-app-php (the codes `invalid_grant` and `invalid_client`).
/// Unverified: `invalid_request` at 401 for a dead refresh token and at 400 for a dead code; `app_not_installed`,
/// `shop_not_permitted`; that refusals are JSON because requests accept nothing else.
public struct ShopifyDialect: ProviderDialect {
    /// One for each shop: the client is the same.
    public let name: String
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint: URL?
    private let exchangeEndpoint: URL?
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.request.omitted = [.redirectURI]
        $0.answer.extras = ["associated_user.id", "associated_user_scope"]
        let store = Remedy.fixConfiguration(hint: "Check that the app is installed in this shop and may be used there.")
        $0.refusal.remedies = [
            "invalid_request": .discardGrant, "invalid_subject_token": .discardGrant, "app_not_installed": store,
            "shop_not_permitted": store, "application_cannot_be_found": .retryLater,
        ]
        $0.tokenPlacement = .header("X-Shopify-Access-Token")
        $0.scopeSeparator = ","
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .rotates
    }

    /// Creates the dialect.
    ///
    /// - Parameter shop: the shop's name, such as `example` for `example.myshopify.com`.
    public init(shop: String) {
        name = "shopify-" + shop.lowercased()
        apiOrigins = APIOrigins(["\(shop).myshopify.com"])
        authorizationEndpoint = URL(string: "https://\(shop).myshopify.com/admin/oauth/authorize")
        exchangeEndpoint = URL(string: "https://\(shop).myshopify.com/admin/oauth/access_token")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? { exchangeEndpoint }

    /// A code yields a token that expires, with a refresh token, if the request says so.
    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = conventions
        if exchange.grant.type == "authorization_code" {
            own.request.omitted.insert(.grantType)
            own.request.added = [WireField("expiring", "1")]
        }
        return try own.request(for: exchange, at: self)
    }
}
