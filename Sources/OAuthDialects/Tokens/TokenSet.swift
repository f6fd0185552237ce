/// The tokens in an answer of a token endpoint; lifetimes count from when the request was sent (RFC 6749, section 5.1).
public struct TokenSet: Sendable, Equatable {
    /// The access token's text.
    public let accessToken: Secret

    /// The access token's lifetime; `nil` if the answer has none.
    public var lifetime: Duration?

    /// The refresh token; without one the session keeps the one it has.
    public var refreshToken: RefreshToken?

    /// The refresh token's lifetime; `nil` if the answer has none.
    public var refreshTokenLifetime: Duration?

    /// The granted scopes in the provider's order; `nil` if the answer has none, which means as requested.
    public var scopes: [String]?

    /// The OpenID Connect ID token, unverified: don't use it to identify a user.
    public var idToken: Secret?

    /// Further members of the answer, by their names: those that the dialect lists (``WireConventions/TokenAnswer/extras``).
    public var extras: [String: Secret] = [:]

    /// Creates a token set.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/unreadableAnswer`` unless the access token is 1 byte to
    ///   16 KiB of visible ASCII.
    public init(
        accessToken: Secret,
        lifetime: Duration? = nil,
        refreshToken: RefreshToken? = nil,
        refreshTokenLifetime: Duration? = nil,
        scopes: [String]? = nil,
        idToken: Secret? = nil
    ) throws {
        try TokenText.check(accessToken, named: "access token")
        self.accessToken = accessToken
        self.lifetime = lifetime
        self.refreshToken = refreshToken
        self.refreshTokenLifetime = refreshTokenLifetime
        self.scopes = scopes
        self.idToken = idToken
    }
}
