/// What a token endpoint gave: lifetimes are relative to when the request was sent (RFC 6749, section 5.1).
public struct TokenSet: Sendable, Equatable {
    /// The access token's text.
    public let accessToken: Secret

    /// How long the access token lives from the moment of the request; `nil` if the answer did not say.
    public var lifetime: Duration?

    /// The refresh token, where the provider gave one; without one the session keeps the refresh token it has.
    public var refreshToken: RefreshToken?

    /// How long the refresh token lives from the moment of the request; `nil` if the answer did not say.
    public var refreshTokenLifetime: Duration?

    /// The granted scopes in the provider's order; `nil` if the answer did not say, which means as asked.
    public var scopes: [String]?

    /// The OpenID Connect token, kept as it came; it is not checked, so it identifies nobody.
    public var idToken: Secret?

    /// Makes a token set.
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
