public import Foundation
public import OAuthDialects

/// Eventbrite: one token without a documented end, and a dead token that the API may reject with status 400.
///
/// Sources: https://www.eventbrite.com/developer/v3/api_overview/authentication/,
/// https://www.eventbrite.com/developer/v3/api_overview/errors/.
/// Unverified: the fields and the answer of the token endpoint, as several clients have them; its refusals; the API's host.
public struct EventbriteDialect: ProviderDialect {
    public let name = "eventbrite"
    public let apiOrigins: APIOrigins = ["www.eventbriteapi.com"]
    public let authorizationEndpoint = URL(string: "https://www.eventbrite.com/oauth/authorize")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.refusal.rejections = ["INVALID_AUTH"]
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "authorization_code" ? URL(string: "https://www.eventbrite.com/oauth/token") : nil
    }
}
