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

    /// What the transport says about it: a sentence that names the host and the cause.
    private let text: String?

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
        text = message.map { ProviderText.clean($0) }
        self.underlying = underlying.map(UnderlyingError.init)
    }

    /// What happened, in a sentence.
    package var message: String {
        if let text { return text }
        return switch reason {
        case .noConnectionFree: "No connection became free in time; the request was not sent."
        case .notConnected: "The provider could not be reached."
        case .tlsFailed: "No secure connection could be made."
        case .connectionLost: "The connection ended before the answer was complete."
        case .timedOut: "The provider did not answer in time."
        case .notHTTP: "The answer was not HTTP."
        }
    }

    /// What it means for a request to a provider: the predicate of a sentence.
    var effect: String {
        if !mayHaveArrived { return "could not be reached" }
        return reason == .timedOut ? "did not answer" : "gave no complete answer"
    }

    /// The cause with the host, as a part of a sentence.
    func cause(at host: String) -> String {
        guard let text else { return general(host) + detail }
        let cause = text.hasSuffix(".") ? text.dropLast() : text[...]
        let isSentence = cause.hasPrefix("The ") || cause.hasPrefix("No ")
        return isSentence ? cause.prefix(1).lowercased() + cause.dropFirst() : String(cause)
    }

    private func general(_ host: String) -> String {
        switch reason {
        case .noConnectionFree: "no connection to \(host) became free in time"
        case .notConnected where underlying?.isUnknownHost == true: "the host \(host) was not found"
        case .notConnected: "no connection to \(host) could be made"
        case .tlsFailed: "no secure connection to \(host) could be made"
        case .connectionLost where underlying?.addition != nil: "the request to \(host) failed"
        case .connectionLost: "\(host) closed the connection before the answer was complete"
        case .timedOut: mayHaveArrived ? "no answer from \(host) in time" : "no connection to \(host) in time"
        case .notHTTP: "the answer from \(host) was not HTTP"
        }
    }

    private var detail: String {
        underlying?.addition.map { " (\($0))" } ?? ""
    }

    package var redacted: String {
        underlying.map { "\(message) (\($0))" } ?? message
    }
}
