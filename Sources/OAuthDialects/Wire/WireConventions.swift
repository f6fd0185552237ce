/// What RFC 6749 leaves open and what a provider does differently, as data: its token requests, its answers, and its refusals.
///
/// The defaults are RFC 6749's, with PKCE as RFC 9700 requires:
///
/// ```swift
/// let conventions = WireConventions {
///     $0.request.bodyEncoding = .json
///     $0.request.clientAuthentication = .basic
///     $0.answer.containers = ["data"]
/// }
/// ```
public struct WireConventions: Sendable {
    /// What happens to a refresh token that was used.
    public enum Rotation: Sendable {
        /// Each use returns a new one and invalidates the old one.
        case rotates

        /// It can be used again.
        case reusable

        /// Unknown: treated as ``rotates``, because the other guess could lose the sign-in.
        case unknown
    }

    /// Whether authorization requests use PKCE.
    public enum PKCE: Sendable {
        /// PKCE with SHA-256 (RFC 7636).
        case s256

        /// No PKCE, for a provider that does not document it.
        case unsupported
    }

    /// Where an API request carries the token.
    public enum TokenPlacement: Sendable, Equatable {
        /// `Authorization: Bearer …` (RFC 6750, section 2.1).
        case bearer

        /// A header of the provider's own, with a scheme before the token if there is one: `Authorization: OAuth …`,
        /// `X-Shopify-Access-Token: …`.
        case header(String, scheme: String? = nil)

        /// A parameter of the URL's query, which servers and proxies may log.
        case query(String)
    }

    /// How token requests are written.
    public var request = TokenRequest()

    /// How token answers are read.
    public var answer = TokenAnswer()

    /// How refusals are read, and what they mean.
    public var refusal = RefusalFormat()

    /// Where an API request carries the token.
    public var tokenPlacement = TokenPlacement.bearer

    /// The separator between scopes in requests; answers may use spaces, commas, or a list.
    public var scopeSeparator = " "

    /// Whether authorization requests use PKCE; a public client always does.
    public var pkce = PKCE.s256

    /// What happens to a refresh token that was used.
    public var refreshTokenRotation = Rotation.unknown

    /// The scope that a sign-in needs to get a refresh token, such as `offline`; `nil` if there is none.
    public var offlineScope: String?

    /// Whether a sign-in must ask for a scope, as Revenue Monster's table of parameters says.
    package var signInNeedsScope = false

    /// Creates conventions: the defaults with what differs.
    public init(_ change: (inout Self) -> Void = { _ in }) {
        change(&self)
    }
}
