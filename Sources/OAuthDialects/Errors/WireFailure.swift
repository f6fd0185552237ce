/// A transport's failure: no complete answer arrived.
///
/// ``mayHaveArrived`` says whether the request may have reached the server. A refresh that reached the server may have used up its refresh token, even if the answer was lost.
public struct WireFailure: Error, Sendable, Redacted {
    /// Why no answer arrived.
    public enum Reason: Sendable {
        /// No connection was made: nothing was sent.
        case notConnected

        /// The connection ended before the answer was complete.
        case connectionLost

        /// The whole exchange took longer than the limit.
        case timedOut

        /// The answer was not HTTP.
        case notHTTP
    }

    /// Why no answer arrived.
    public let reason: Reason

    /// Whether the request may have reached the server.
    public let mayHaveArrived: Bool

    /// The error that caused this one, without its URL.
    package let underlying: UnderlyingError?

    /// Creates a failure; pass `mayHaveArrived: false` only if no byte of the request was sent.
    public init(_ reason: Reason, mayHaveArrived: Bool, underlying: (any Error)? = nil) {
        self.reason = reason
        self.mayHaveArrived = mayHaveArrived
        self.underlying = underlying.map(UnderlyingError.init)
    }

    /// What happened, in a sentence.
    package var message: String {
        switch reason {
        case .notConnected: "The provider could not be reached."
        case .connectionLost: "The connection ended before the answer was complete."
        case .timedOut: "The provider did not answer in time."
        case .notHTTP: "The answer was not HTTP."
        }
    }

    package var redacted: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
