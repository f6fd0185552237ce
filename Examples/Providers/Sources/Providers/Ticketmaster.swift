public import Foundation
public import OAuthDialects

/// Ticketmaster: the client in the body, and one refresh token for good.
///
/// API requests name the app in the query's `apikey` too, which the app adds.
///
/// Source: https://developer.ticketmaster.com/products-and-docs/apis/oauth/.
/// Unverified: every refusal of the token endpoint, read as RFC 6749 has it.
public struct TicketmasterDialect: ProviderDialect {
    public let name = "ticketmaster"
    public let apiOrigins: APIOrigins = ["app.ticketmaster.com"]
    public let authorizationEndpoint = URL(string: "https://oauth.ticketmaster.com/oauth/authorize")
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .reusable
    }

    /// Creates the dialect.
    public init() {}

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: "https://oauth.ticketmaster.com/oauth/token") : nil
    }
}
