public import Foundation
public import OAuthDialects

/// BigCommerce: JSON, the store's `context` beside the code, and a header of its own for the token.
///
/// BigCommerce begins the sign-in: it calls the app with a code, the scopes, and the context, which go back to it.
///
/// Source: https://github.com/bigcommerce/docs (`docs/integrations/apps/guide/auth.mdx`).
/// Unverified: every refusal of the token endpoint, read as RFC 6749 has it.
public struct BigCommerceDialect: ProviderDialect {
    public let name = "bigcommerce"
    public let apiOrigins: APIOrigins = ["api.bigcommerce.com"]
    public let conventions: WireConventions

    /// Creates the dialect.
    ///
    /// - Parameters:
    ///   - context: the store, such as `stores/g5cd38`, from the callback.
    ///   - scopes: the scopes from the callback.
    public init(context: String, scopes: String) {
        conventions = WireConventions {
            $0.request.bodyEncoding = .json
            $0.request.clientAuthentication = .body
            $0.request.added = [WireField("context", context), WireField("scope", scopes)]
            $0.answer.extras = ["context", "account_uuid", "user.id", "owner.id"]
            $0.tokenPlacement = .header("X-Auth-Token")
            $0.pkce = .unsupported
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "authorization_code" ? URL(string: "https://login.bigcommerce.com/oauth2/token") : nil
    }
}
