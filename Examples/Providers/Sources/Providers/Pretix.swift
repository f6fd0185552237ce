public import Foundation
public import OAuthDialects

/// pretix, hosted or one's own: raw Basic, and a refresh that ends the previous access token.
///
/// Sources: https://github.com/pretix/pretix (`doc/api/oauth.rst`, `doc/api/fundamentals.rst`).
/// Unverified: the bodies of refusals, read as RFC 6749 has them.
public struct PretixDialect: ProviderDialect {
    public let name = "pretix"
    public let apiOrigins: APIOrigins
    private let root: String
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .basic
        $0.pkce = .unsupported
        $0.refreshTokenRotation = .reusable
    }

    /// Creates the dialect.
    ///
    /// - Parameter host: the instance's.
    public init(host: String = "pretix.eu") {
        root = "https://\(host)/api/v1/oauth"
        apiOrigins = APIOrigins([host])
    }

    public var authorizationEndpoint: URL? { URL(string: root + "/authorize") }
    public var revocationEndpoint: URL? { URL(string: root + "/revoke_token") }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["authorization_code", "refresh_token"].contains(grant.type) ? URL(string: root + "/token") : nil
    }
}
