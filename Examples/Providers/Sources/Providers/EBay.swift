public import Foundation
public import OAuthDialects

/// eBay: raw Basic, types of token that are sentences, and a name (RuName) in place of the redirect URI.
///
/// Sources: https://developer.ebay.com/api-docs/static/oauth-auth-code-grant-request.html,
/// https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html, https://github.com/eBay/ebay-oauth-java-client,
/// https://developer.ebay.com/support/kb-article?KBid=5218.
/// Unverified: the status of refusals.
public struct EBayDialect: ProviderDialect {
    public let name = "ebay"
    public let apiOrigins: APIOrigins
    public let authorizationEndpoint: URL?
    private let exchangeEndpoint: URL?
    public let conventions: WireConventions

    /// Creates the dialect.
    ///
    /// - Parameters:
    ///   - isSandbox: whether requests go to the sandbox.
    ///   - redirectNames: the RuName of each URL that eBay sends the browser back to.
    public init(isSandbox: Bool = false, redirectNames: [String: String] = [:]) {
        let domain = isSandbox ? "sandbox.ebay.com" : "ebay.com"
        apiOrigins = APIOrigins(["api.\(domain)"])
        authorizationEndpoint = URL(string: "https://auth.\(domain)/oauth2/authorize")
        exchangeEndpoint = URL(string: "https://api.\(domain)/identity/v1/oauth2/token")
        conventions = WireConventions {
            $0.request.clientAuthentication = .basic
            $0.request.values = [.redirectURI: redirectNames]
            $0.answer.tokenTypes = ["user access token", "application access token", "bearer"]
            $0.pkce = .unsupported
            $0.refreshTokenRotation = .reusable
        }
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type) ? exchangeEndpoint : nil
    }

    /// An application's answer may have the refresh token `N/A`.
    public func tokens(in response: WireResponse, for exchange: TokenExchange) throws -> TokenSet {
        var tokens = try conventions.tokens(in: response, for: exchange)
        if tokens.refreshToken?.value == "N/A" { tokens.refreshToken = nil }
        return tokens
    }
}
