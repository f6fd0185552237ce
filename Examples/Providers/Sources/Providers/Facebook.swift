public import Foundation
public import OAuthDialects

/// Facebook Login: a GET with its secrets in the query, numbers as codes, and no refresh token.
///
/// A long-lived token comes from a valid one by the grant `fb_exchange_token`.
///
/// Sources: https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived,
/// https://developers.facebook.com/docs/graph-api/guides/error-handling,
/// https://github.com/facebookarchive/php-graph-sdk (the request for a code).
/// Unverified: the status of refusals; code 101; `Authorization: Bearer` for API requests.
public struct FacebookDialect: ProviderDialect {
    public let name = "facebook"
    public let apiOrigins: APIOrigins = ["graph.facebook.com"]
    public let authorizationEndpoint: URL?
    private let exchangeEndpoint: URL?

    public let conventions = WireConventions {
        $0.request.bodyEncoding = .query
        $0.request.clientAuthentication = .body
        $0.scopeSeparator = ","
        $0.pkce = .unsupported
        $0.refusal.codes = ["error.code"]
        $0.refusal.messages = ["error.message"]
        $0.refusal.remedies = [
            "190": .discardGrant, "102": .discardGrant, "2": .retryLater, "4": .retryLater, "17": .retryLater,
            "341": .retryLater, "10": .fixConfiguration(hint: "Check the permissions of the app."),
            "101": .fixConfiguration(hint: "Check the app's id."),
        ]
        $0.refusal.rejections = ["190", "102"]
    }

    /// Creates the dialect.
    public init(version: String = "v25.0") {
        authorizationEndpoint = URL(string: "https://www.facebook.com/\(version)/dialog/oauth")
        exchangeEndpoint = URL(string: "https://graph.facebook.com/\(version)/oauth/access_token")
    }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "fb_exchange_token"].contains(grant.type) ? exchangeEndpoint : nil
    }

    /// A code is exchanged without `grant_type`.
    public func request(for exchange: TokenExchange) throws -> WireRequest {
        var own = self.conventions
        if exchange.grant.type == "authorization_code" { own.request.omitted = [.grantType] }
        return try own.request(for: exchange, at: self)
    }
}
