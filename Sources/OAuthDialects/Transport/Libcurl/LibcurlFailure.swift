#if os(Linux)
extension WireFailure {
    /// What a result of libcurl (`CURLcode`) means; `text` is libcurl's own description.
    init(_ code: Int32, of transfer: LibcurlTransfer, _ text: String, _ hasSent: Bool) {
        let (reason, what) = Self.meaning(of: code, transfer)
        let isBeforeSending = reason == .notConnected || reason == .tlsFailed
        let cause = text.isEmpty ? "" : " (\(text))"
        self.init(
            reason,
            mayHaveArrived: hasSent && !isBeforeSending,
            message: "\(transfer.origin.host) \(what)\(cause)."
        )
    }

    /// A transfer whose time is over.
    static func late(_ origin: Origin, mayHaveArrived: Bool) -> Self {
        let what = mayHaveArrived ? "did not answer in time" : "could not be reached in time; nothing was sent"
        return Self(.timedOut, mayHaveArrived: mayHaveArrived, message: "\(origin.host) \(what).")
    }

    private static func meaning(of code: Int32, _ transfer: LibcurlTransfer) -> (Reason, String) {
        switch code {
        case 5: (.notConnected, "could not be reached: the proxy was not found")
        case 6: (.notConnected, "was not found")
        case 7, 97: (.notConnected, "could not be reached")
        case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98:
            (.tlsFailed, "could not be reached securely")
        case 0 where !(transfer.response != nil): (.connectionLost, "closed the connection within the answer's header")
        case 1, 8, 61: (.notHTTP, "sent an answer that is not HTTP")
        case 23 where !transfer.isHTTP: (.notHTTP, "sent an answer that is not HTTP")
        case 65: (.connectionLost, "closed the connection while the request was being sent")
        default: (.connectionLost, "closed the connection before the answer was complete")
        }
    }
}
#endif
