import OAuthDialects
import OAuthDialectsTesting

/// A provider of the tour.
package struct Provider: Sendable {
    /// The name on the command line.
    package let name: String
    let title: String

    /// Its dialect's differences, in a line.
    let ways: String
    let sandbox: ProviderSandbox.Provider

    /// A route of its API, and the sandbox's answer there.
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

        /// The outcome of a renewal, in words.
        var words: String {
            switch self {
            case .refreshEndpoint: "by its refresh token, at /auth/refresh"
            case .refreshGrant: "by its refresh token, which a new one replaced"
            case .authenticating: "by client_credentials: it has no refresh token"
            }
        }
    }

    package static let all = [weTix, revenueMonster, tiki]

    static let weTix = Self(
        name: "wetix",
        title: "WeTix",
        ways: "JSON, Basic, a separate endpoint for refreshing",
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
        ways: "camelCase JSON, Basic, rotating refresh tokens",
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
        ways: "forms, form-encoded Basic, no refresh token for the client",
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
