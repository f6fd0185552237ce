import OAuthDialects
import OAuthDialectsTesting

/// A provider, and what the tour shows of it.
struct Provider: Sendable {
    /// The name on the command line.
    let name: String
    let title: String

    /// What sets its dialect apart, in a line.
    let ways: String
    let sandbox: ProviderSandbox.Provider

    /// A route of its API, and what the sandbox answers there.
    let path: String
    let answer: String

    /// How a client's session gets its next token.
    let renewal: Renewal

    /// How the provider goes down.
    let outage: SandboxFault

    /// Where the real provider is, for `--live`.
    let live: any ProviderDialect
    let liveHost: String
    let variables: String

    enum Renewal {
        case refreshEndpoint
        case refreshGrant
        case authenticating

        var grant: String { self == .authenticating ? "client_credentials" : "refresh_token" }
    }

    static let all = [weTix, revenueMonster, tiki]

    static let weTix = Self(
        name: "wetix",
        title: "WeTix",
        ways: "snake_case JSON · Basic · refreshes at an endpoint of its own",
        sandbox: .weTix,
        path: "/shows",
        answer: #"{"shows":["19:30","22:00"]}"#,
        renewal: .refreshEndpoint,
        outage: .serviceUnavailable,
        live: .weTix(.sandbox),
        liveHost: "sb-oauth.wetix.my, the sandbox",
        variables: "WETIX"
    )

    static let revenueMonster = Self(
        name: "revenue-monster",
        title: "Revenue Monster",
        ways: "camelCase JSON · Basic · rotating refresh tokens at the token endpoint",
        sandbox: .revenueMonster,
        path: "/v3/orders",
        answer: #"{"items":[{"id":"order-1"}]}"#,
        renewal: .refreshGrant,
        outage: .badGateway,
        live: .revenueMonster(.sandbox),
        liveHost: "sb-oauth.revenuemonster.my, the sandbox",
        variables: "REVENUE_MONSTER"
    )

    static let tiki = Self(
        name: "tiki",
        title: "Tiki",
        ways: "forms · form-encoded Basic · no refresh token for the client itself",
        sandbox: .tiki,
        path: "/integration/v2/sellers/me",
        answer: #"{"id":4711,"name":"A seller"}"#,
        renewal: .authenticating,
        outage: .connectionRefused,
        live: .tiki(.production),
        liveHost: "api.tiki.vn, production: no sandbox is documented",
        variables: "TIKI"
    )
}
