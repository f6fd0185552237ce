/// What a ``Refusal`` means; the session acts on this alone.
public enum Remedy: Sendable, Equatable {
    /// Nothing is wrong with what was presented: ask again later.
    case retryLater

    /// What was presented is dead (a refresh token, a code): on to the next rung, at last to signing in again.
    case discardGrant

    /// Somebody has to change something: a client id, a secret, a scope, an endpoint.
    case fixConfiguration(hint: String)
}
