public import Foundation
public import OAuthDialects

/// Salesforce: the API's host comes with the token, which has no stated lifetime.
///
/// Sources: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints, …remoteaccess_oauth_flow_errors,
/// …remoteaccess_revoke_token,
/// https://developer.salesforce.com/docs/atlas.en-us.262.0.chatterapi.meta/chatterapi/quickstart_connecting.htm.
/// Unverified: the fields of a code's request; the body of an API's refusal.
public struct SalesforceDialect: ProviderDialect {
    public let name = "salesforce"
    public let apiOrigins: APIOrigins
    private let root: String
    public let conventions = WireConventions {
        $0.request.clientAuthentication = .body
        $0.answer.extras = ["instance_url", "id", "issued_at"]
        $0.answer.secretExtras = ["signature"]
        let app = Remedy.fixConfiguration(hint: "Check the app's consumer key and secret, and its redirect URI.")
        $0.refusal.remedies = [
            "inactive_user": .discardGrant, "inactive_org": .discardGrant, "rate_limit_exceeded": .retryLater,
            "invalid_client_id": app, "invalid_client_credentials": app, "redirect_uri_mismatch": app,
        ]
        $0.offlineScope = "refresh_token"
    }

    /// Creates the dialect.
    ///
    /// - Parameter host: `login.salesforce.com`, `test.salesforce.com`, or the organization's own (My Domain).
    public init(host: String = "login.salesforce.com") {
        apiOrigins = APIOrigins([host])
        root = "https://\(host)/services/oauth2"
    }

    public var authorizationEndpoint: URL? { URL(string: root + "/authorize") }
    public var revocationEndpoint: URL? { URL(string: root + "/revoke") }

    public func tokenEndpoint(for grant: Grant) -> URL? {
        ["client_credentials", "authorization_code", "refresh_token"].contains(grant.type)
            ? URL(string: root + "/token") : nil
    }

    public func apiOrigins(for extras: [String: Secret]) throws -> APIOrigins {
        try apiOrigins.adding("instance_url", of: extras, under: ["salesforce.com"])
    }

    /// The token alone, without the client.
    public func revocationRequest(for tokens: TokenSet, by client: ClientCredentials) -> WireRequest? {
        let token = tokens.refreshToken?.value ?? tokens.accessToken
        return revocationEndpoint.map { WireRequest("POST", $0, body: .form([WireField("token", secret: token)])) }
    }
}
