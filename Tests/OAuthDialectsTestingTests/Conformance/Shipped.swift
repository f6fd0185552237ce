import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A shipped dialect, with the sandbox and the requests that its provider's documents describe.
struct Shipped: Sendable, CustomTestStringConvertible {
    let dialect: any ProviderDialect
    let provider: ProviderSandbox.Provider
    let documented: [DocumentedRequest]

    var testDescription: String { dialect.name }

    func report(of mutant: (any ProviderDialect)? = nil, wrapping: (any ProviderDialect)? = nil) async
        -> ConformanceReport
    {
        await conformance(
            of: mutant ?? dialect,
            playedBy: provider,
            documented: documented,
            wrapping: wrapping,
            timeout: .seconds(mutant == nil ? 60 : 5)
        )
    }

    static let client = ClientCredentials(id: "client", secret: "secret")
    static let basic = "Basic Y2xpZW50OnNlY3JldA=="
    static let refresh = (try? RefreshToken("refresh-1")).map { Grant.refreshToken($0) } ?? .clientCredentials()

    /// WeTix, *Client Credentials* and *Refresh Token*.
    static let weTix = Shipped(
        dialect: .weTix(.sandbox),
        provider: .weTix,
        documented: [
            DocumentedRequest(
                .clientCredentials(),
                by: client,
                url: "https://sb-oauth.wetix.my/auth/token",
                headers: ["Authorization": basic, "Content-Type": "application/json"],
                body: #"{"grant_type":"client_credentials"}"#
            ),
            DocumentedRequest(
                refresh,
                by: client,
                url: "https://sb-oauth.wetix.my/auth/refresh",
                headers: ["Authorization": basic, "Content-Type": "application/json"],
                body: #"{"grant_type":"refresh_token","refresh_token":"refresh-1"}"#
            ),
        ]
    )

    /// Revenue Monster, *Client Credentials* and *Refresh Token*.
    static let revenueMonster = Shipped(
        dialect: .revenueMonster(.sandbox),
        provider: .revenueMonster,
        documented: [
            DocumentedRequest(
                .clientCredentials(),
                by: client,
                url: "https://sb-oauth.revenuemonster.my/v1/token",
                headers: ["Authorization": basic, "Content-Type": "application/json"],
                body: #"{"grantType":"client_credentials"}"#
            ),
            DocumentedRequest(
                refresh,
                by: client,
                url: "https://sb-oauth.revenuemonster.my/v1/token",
                headers: ["Authorization": basic, "Content-Type": "application/json"],
                body: #"{"grantType":"refresh_token","refreshToken":"refresh-1"}"#
            ),
        ]
    )

    /// Tiki, *Client credentials*, with Basic.
    static let tiki = Shipped(
        dialect: .tiki(.production),
        provider: .tiki,
        documented: [
            DocumentedRequest(
                .clientCredentials(),
                by: client,
                url: "https://api.tiki.vn/sc/oauth2/token",
                headers: ["Authorization": basic, "Content-Type": "application/x-www-form-urlencoded"],
                body: "grant_type=client_credentials"
            )
        ]
    )

    /// Tiki, *Token endpoint auth method*, with the client in the body.
    static let tikiBody = Shipped(
        dialect: .tiki(.production, authentication: .body),
        provider: .tiki(authentication: .body),
        documented: [
            DocumentedRequest(
                .clientCredentials(),
                by: client,
                url: "https://api.tiki.vn/sc/oauth2/token",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: "grant_type=client_credentials&client_id=client&client_secret=secret"
            )
        ]
    )

    static let all = [weTix, revenueMonster, tiki, tikiBody]
}
