/// How a transport says that no answer came; what matters to a session is whether the request may have arrived.
///
/// A refresh that may have arrived may have spent its refresh token, even if its answer was lost.
public struct WireFailure: Error, Sendable, Redacted {
    /// Why no answer came.
    public enum Reason: Sendable {
        /// No connection was made: nothing was sent.
        case notConnected

        /// The connection ended before the whole answer was there.
        case connectionLost

        /// The whole exchange took longer than the limit.
        case timedOut

        /// Something came that is not HTTP.
        case notHTTP
    }

    /// Why no answer came.
    public let reason: Reason

    /// Whether the request may have reached the server.
    public let mayHaveArrived: Bool

    /// The error beneath, without its URL; `nil` if the transport had none.
    package let underlying: UnderlyingError?

    /// Makes a failure; only a transport that is sure says that nothing can have arrived.
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
        case .notHTTP: "What came back was not HTTP."
        }
    }

    package var redacted: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
