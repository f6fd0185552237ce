public import Foundation
public import OAuthDialects

/// GoCardless for partners: tokens that don't expire, and a header with the API's version.
///
/// Sources: https://github.com/gocardless/gocardless-pro-php (API hosts, header), https://github.com/gocardless/gocardless-pro-java
/// (refusals of the API).
/// Unverified: everything at the token endpoint and where a person signs in: hosts, fields, and answers are those of several
/// integrations, and `https://developer.gocardless.com/partners/connecting-your-users` could be read in its first part alone.
public struct GoCardlessDialect: ProviderDialect {
    public let name = "gocardless"
    public let apiOrigins: APIOrigins
    private let root: String
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.answer.extras = ["organisation_id"]
        $0.pkce = .unsupported
    }

    /// Creates the dialect.
    ///
    /// - Parameter isSandbox: whether requests go to the sandbox.
    public init(isSandbox: Bool = false) {
        root = isSandbox ? "https://connect-sandbox.gocardless.com" : "https://connect.gocardless.com"
        apiOrigins = isSandbox ? ["api-sandbox.gocardless.com"] : ["api.gocardless.com"]
    }

    public var authorizationEndpoint: URL? { URL(string: root + "/oauth/authorize") }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        grant.type == "authorization_code" ? URL(string: root + "/oauth/access_token") : nil
    }

    public func authorize(_ request: inout WireRequest, for access: ResourceAccess) {
        request.headers["Authorization"] = access.token.authorizationHeader.revealed
        request.headers["GoCardless-Version"] = "2015-07-06"
    }
}
