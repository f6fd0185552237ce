/// What a ``Refusal`` means; the session acts only on this.
public enum Remedy: Sendable, Equatable {
    /// The grant may still be valid: try again later.
    case retryLater

    /// The grant (a refresh token, a code) is no longer valid: use the next method, or sign in again.
    case discardGrant

    /// The configuration is wrong: a client id, a secret, a scope, an endpoint.
    case fixConfiguration(hint: String)

    /// The refusal's meaning is not known: the grant may be valid, and nobody is signed out because of it.
    ///
    /// A client authenticates instead. A user's session keeps its refresh token, and presents it again later.
    case unknown
}
