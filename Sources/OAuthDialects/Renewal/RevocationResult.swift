/// What became of the tokens at the provider when a session was signed out (RFC 7009).
public enum RevocationResult: Sendable, Hashable {
    /// The provider has revoked them.
    case revoked
    /// The provider refused; they work until they expire.
    case refused
    /// No answer came, or the provider could not serve the request; they may work until they expire.
    case failed
    /// The dialect names no revocation endpoint, or the token is a static one.
    case unsupported
    /// Revocation was not asked for, or there was no token.
    case notAsked
}
