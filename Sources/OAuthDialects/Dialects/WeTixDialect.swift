public import Foundation

/// WeTix Open API: snake_case JSON, raw Basic, and a refresh endpoint of its own.
///
/// Source: WeTix's pages *Client Credentials* and *Refresh Token*. They document no error of the token endpoints, so every
/// refusal is read as RFC 6749 has it; and not whether refresh tokens rotate, so they are treated as if they did. The code
/// grant is named in one sentence alone: where a person signs in has to be given, as WeTix gives it to you.
public struct WeTixDialect: ShippedDialect {
    /// Which of WeTix's servers is meant.
    public struct Environment: Sendable {
        let root: ServerRoot
        let apiHosts: [String]

        /// `oauth.wetix.my`, the host that the current pages name.
        ///
        /// The pages name no production API; `open.wetix.my` follows from the sandbox's name and `graph.wetix.my` from an
        /// outdated paragraph.
        public static let production = Self("https://oauth.wetix.my", ["open.wetix.my", "graph.wetix.my"])

        /// `sb-oauth.wetix.my`.
        public static let sandbox = Self("https://sb-oauth.wetix.my", ["sb-open.wetix.my"])

        /// `oauth2.wetix.my`, the host that the pages named from July to December 2021.
        public static let legacyProduction = Self("https://oauth2.wetix.my", production.apiHosts)

        /// `sb-oauth2.wetix.my`, the host that the pages named from July to December 2021.
        public static let legacySandbox = Self("https://sb-oauth2.wetix.my", sandbox.apiHosts)

        /// A server's root, to which `auth/token` and `auth/refresh` are appended; its origin joins the API origins.
        public static func custom(_ url: URL) -> Self {
            Self(root: ServerRoot(custom: url), apiHosts: [])
        }
    }

    package let facts: ProviderFacts

    /// Makes the dialect; `apiHosts` are joined to the environment's API origins.
    ///
    /// WeTix documents no authorization endpoint: nobody can sign in unless it is given.
    package init(_ environment: Environment, authorizationEndpoint: URL? = nil, apiHosts: [String] = []) {
        facts = ProviderFacts(
            name: "wetix",
            conventions: WireConventions {
                $0.request.bodyEncoding = .json
                $0.request.clientAuthentication = .basic
                $0.pkce = .unsupported
            },
            apiOrigins: environment.root.apiOrigins(environment.apiHosts, adding: apiHosts),
            tokenEndpoint: environment.root.endpoint("auth/token"),
            refreshEndpoint: environment.root.endpoint("auth/refresh"),
            authorizationEndpoint: authorizationEndpoint
        )
    }
}

extension WeTixDialect.Environment {
    private init(_ root: String, _ apiHosts: [String]) {
        self.init(root: ServerRoot(root), apiHosts: apiHosts)
    }
}

extension ProviderDialect where Self == WeTixDialect {
    /// WeTix Open API.
    public static func weTix(
        _ environment: WeTixDialect.Environment,
        authorizationEndpoint: URL? = nil,
        apiHosts: [String] = []
    ) -> Self {
        WeTixDialect(environment, authorizationEndpoint: authorizationEndpoint, apiHosts: apiHosts)
    }
}
