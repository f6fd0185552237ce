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

    private static let conventions = WireConventions {
        $0.request.bodyEncoding = .json
        $0.request.fieldNaming = .camelCase
        $0.request.clientAuthentication = .basic
        $0.scopeSeparator = ","
        $0.refreshTokenRotation = .rotates
        // Undocumented, and none of its SDKs sends it.
        $0.pkce = .unsupported
        $0.signInNeedsScope = true
        $0.refusal.remedies = remedies
    }

    private static let client = Remedy.fixConfiguration(
        hint: "Check the client id and secret in the RM Merchant Portal, and the environment."
    )
    private static let grant = Remedy.fixConfiguration(hint: "Check the grant and the scopes that are asked for.")

    private static let remedies: [String: Remedy] = [
        "TEMPORARY_UNAVAILABLE": .retryLater, "TOO_MANY_REQUEST_PER_SECOND": .retryLater, "EXCEEDED_LIMIT": .retryLater,
        "INVALID_CODE": .discardGrant, "TOKEN_EXPIRED": .discardGrant, "TOKEN_INVALID": .discardGrant,
        "TOKEN_SUSPENDED": .discardGrant, "CLIENT_INVALID": client, "CLIENT_NOT_FOUND": client,
        "INACTIVE_CLIENT": client, "CLIENT_NO_PERMISSION": client, "GRANT_TYPE_INVALID": grant,
        "SCOPE_NOT_FOUND": grant, "INVALID_TIMESTAMP": .fixConfiguration(hint: "Check this machine's clock."),
    ]

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
