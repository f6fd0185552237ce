/// A transport's failure: no complete answer arrived.
///
/// ``mayHaveArrived`` says whether the request may have reached the server. A refresh that reached the server may have used up its refresh token, even if the answer was lost.
public struct WireFailure: Error, Sendable, Redacted {
    /// Why no answer arrived.
    public enum Reason: Sendable {
        /// The request waited for a free connection for too long: nothing was sent.
        case noConnectionFree
        /// No connection was made: nothing was sent.
        case notConnected
        /// The TLS handshake failed, or the server's certificate is not trusted: nothing was sent.
        case tlsFailed
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

    /// What happened, in a sentence that names the host and the cause.
    package let message: String

    /// The error that caused this one, without its URL.
    package let underlying: UnderlyingError?

    /// Creates a failure; pass `mayHaveArrived: false` only if no byte of the request was sent.
    ///
    /// - Parameters:
    ///   - reason: why no answer arrived.
    ///   - mayHaveArrived: whether the request may have reached the server.
    ///   - message: what happened, in a sentence that names the host and contains no secret; `nil` for a general one.
    ///   - underlying: the error that caused this one.
    public init(
        _ reason: Reason,
        mayHaveArrived: Bool,
        message: String? = nil,
        underlying: (any Error)? = nil
    ) {
        self.reason = reason
        self.mayHaveArrived = mayHaveArrived
        self.message = message.map { ProviderText.clean($0) } ?? Self.message(for: reason)
        self.underlying = underlying.map(UnderlyingError.init)
    }

    private static func message(for reason: Reason) -> String {
        switch reason {
        case .noConnectionFree: "No connection became free in time; the request was not sent."
        case .notConnected: "The provider could not be reached."
        case .tlsFailed: "No secure connection could be made."
        case .connectionLost: "The connection ended before the answer was complete."
        case .timedOut: "The provider did not answer in time."
        case .notHTTP: "The answer was not HTTP."
        }
    }

    package var redacted: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
