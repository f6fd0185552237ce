extension TokenSession {
    /// The result of one API request with a token, as the caller reads it: a GraphQL API may reject a token with status 200.
    public enum Attempt<Value> {
        /// The API accepted the token, whatever else it answered.
        case accepted(Value)

        /// The API rejected the token.
        case rejected(Value)
    }
}

extension TokenSession.Attempt: Sendable where Value: Sendable {}

/// Thrown inside ``TokenSession/withAccessToken(_:)`` to say that the API rejected the token, by clients that throw on a 401.
public struct TokenRejection: Error, Sendable {
    /// Creates a rejection.
    public init() {}
}
