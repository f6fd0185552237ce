public import Foundation
public import OAuthDialects

/// Stripe Connect (Standard accounts): the platform's secret key authenticates, and the client's id is for the sign-in alone.
///
/// The credentials' id is `ca_…` and their secret is `sk_…`. A code that is used twice ends the connection.
///
/// Sources: https://docs.stripe.com/connect/oauth-reference, https://docs.stripe.com/connect/oauth-standard-accounts (in copies),
/// https://github.com/stripe/stripe-php (answers and refusals in its tests).
/// Unverified: whether a refresh token can be used again. Stripe revokes an account, not a token, so revocation is left out.
public struct StripeConnectDialect: ProviderDialect {
    public let name = "stripe-connect"
    public let apiOrigins: APIOrigins = ["api.stripe.com"]
    public let authorizationEndpoint = URL(string: "https://connect.stripe.com/oauth/authorize")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .none
        $0.request.omitted = [.redirectURI]
        $0.answer.extras = ["stripe_user_id", "livemode", "stripe_publishable_key"]
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://connect.stripe.com/oauth/token") : nil
    }

    /// The key is the name of HTTP Basic, with an empty password.
    public func request(for exchange: TokenExchange) throws -> WireRequest {
        guard let key = exchange.credentials.secret?.revealed, !key.isEmpty else {
            throw TokenError(.invalidCredentials, "Stripe needs the platform's secret key as the client's secret.")
        }
        var request = try conventions.request(for: exchange, at: self)
        request.headers["Authorization"] = "Basic " + Data("\(key):".utf8).base64EncodedString()
        return request
    }
}
