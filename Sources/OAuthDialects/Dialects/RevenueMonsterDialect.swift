public import Foundation

/// Revenue Monster: camelCase JSON (`grantType`), raw Basic, one endpoint for every grant, errors as an object at any status.
///
/// Source: Revenue Monster's page *Client Credentials* and its SDKs.
public struct RevenueMonsterDialect: ShippedDialect {
    /// Which of Revenue Monster's servers is meant.
    public struct Environment: Sendable {
        let root: ServerRoot
        let apiHosts: [String]

        /// `oauth.revenuemonster.my`, with the API at `open.revenuemonster.my`.
        public static let production = Self(
            root: ServerRoot("https://oauth.revenuemonster.my"),
            apiHosts: ["open.revenuemonster.my"]
        )

        /// `sb-oauth.revenuemonster.my`, with the API at `sb-open.revenuemonster.my`.
        public static let sandbox = Self(
            root: ServerRoot("https://sb-oauth.revenuemonster.my"),
            apiHosts: ["sb-open.revenuemonster.my"]
        )

        /// A server's root, to which `v1/token` and `authorize` are appended; its origin joins the API origins.
        public static func custom(_ url: URL) -> Self {
            Self(root: ServerRoot(custom: url), apiHosts: [])
        }
    }

    package let facts: ProviderFacts

    private static let conventions = WireConventions(
        bodyEncoding: .json,
        fieldNaming: .camelCase,
        clientAuthentication: .basic,
        scopeSeparator: ",",
        refreshTokenRotation: .rotates,
        // Undocumented, and none of its SDKs sends it.
        pkce: .unsupported
    ).requiringScopeToSignIn

    /// Makes the dialect; `apiHosts` are joined to the environment's API origins.
    package init(_ environment: Environment, apiHosts: [String] = []) {
        facts = ProviderFacts(
            name: "revenue-monster",
            conventions: Self.conventions,
            apiOrigins: environment.root.apiOrigins(environment.apiHosts, adding: apiHosts),
            tokenEndpoint: environment.root.endpoint("v1/token"),
            authorizationEndpoint: environment.root.endpoint("authorize")
        )
    }

    public func remedy(for refusal: Refusal, of exchange: TokenExchange) -> Remedy {
        if StandardRemedy.isTransient(refusal) { return .retryLater }
        return switch refusal.foldedCode {
        case "temporaryunavailable", "toomanyrequestpersecond", "exceededlimit":
            .retryLater
        case "invalidcode", "tokenexpired", "tokeninvalid", "tokensuspended":
            .discardGrant
        case "clientinvalid", "clientnotfound", "inactiveclient", "clientnopermission":
            .fixConfiguration(hint: "Check the client id and secret in the RM Merchant Portal, and the environment.")
        case "invalidtimestamp":
            .fixConfiguration(hint: "Check this machine's clock.")
        case "granttypeinvalid", "scopenotfound":
            .fixConfiguration(hint: "Check the grant and the scopes that are asked for.")
        default:
            .standard(for: refusal, of: exchange)
        }
    }

    /// Revenue Monster's API says at almost any status that a token is no good, and at 401 also that a signature is.
    ///
    /// A 403 is about permissions, whatever its code: a new token would have no more of them.
    public func isTokenRejection(_ response: WireResponse) -> Bool {
        guard response.status != 403, response.status != 200 || response.body.count <= 4096 else { return false }
        switch refusal(in: response)?.foldedCode {
        case "tokenexpired", "tokeninvalid", "tokensuspended", "unauthorized": return true
        case "invalidsignature", "signatureinvalid", "invalidrequestsignature", "invalidtimestamp": return false
        default: return response.status == 401
        }
    }
}

extension ProviderDialect where Self == RevenueMonsterDialect {
    /// Revenue Monster.
    public static func revenueMonster(
        _ environment: RevenueMonsterDialect.Environment,
        apiHosts: [String] = []
    ) -> Self {
        RevenueMonsterDialect(environment, apiHosts: apiHosts)
    }
}
