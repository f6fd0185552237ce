/// What an API made of a request, as its caller reads the answer: GraphQL, for one, says no with status 200.
public enum Attempt<Value> {
    /// The token was good, whatever else the answer says.
    case accepted(Value)

    /// The token was turned away.
    case rejected(Value)
}

extension Attempt: Sendable where Value: Sendable {}

/// Says from inside ``TokenSession/withAccessToken(_:)`` that the token was turned away, for clients that throw on 401.
public struct TokenRejection: Error, Sendable {
    /// Makes a rejection.
    public init() {}
}
