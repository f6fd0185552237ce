#if os(Linux)
extension WireFailure {
    /// What a result of libcurl (`CURLcode`) means.
    init(_ code: Int32, of transfer: LibcurlTransfer, _ handle: LibcurlHandle) {
        let text = handle.message
        let isRefused = handle.isFirstOfConnection && Self.isCertificateAlert(text)
        let (reason, what) = Self.meaning(of: isRefused ? 35 : code, transfer, handle.hasSent)
        let isBeforeSending = reason == .notConnected || reason == .tlsFailed
        self.init(
            reason,
            mayHaveArrived: handle.hasSent && !isBeforeSending,
            message: "\(transfer.origin.host) \(what)\(Self.cause(text))."
        )
    }

    /// A transfer whose time is over.
    static func late(_ origin: Origin, mayHaveArrived: Bool) -> Self {
        let what = mayHaveArrived ? "did not answer in time" : "could not be reached in time; nothing was sent"
        return Self(.timedOut, mayHaveArrived: mayHaveArrived, message: "\(origin.host) \(what).")
    }

    private static func meaning(of code: Int32, _ transfer: LibcurlTransfer, _ hasSent: Bool) -> (Reason, String) {
        switch code {
        case 5: (.notConnected, "could not be reached: the proxy was not found")
        case 6: (.notConnected, "was not found")
        case 7, 97: (.notConnected, "could not be reached")
        case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98:
            (.tlsFailed, "could not be reached securely")
        case 0 where !(transfer.response != nil): (.connectionLost, "closed the connection within the answer's header")
        case 1, 8, 61: (.notHTTP, "sent an answer that is not HTTP")
        case 23 where !transfer.isHTTP: (.notHTTP, "sent an answer that is not HTTP")
        // A proxy that refuses the tunnel, or a system without descriptors or memory.
        case _ where !hasSent: (.notConnected, "could not be reached; nothing was sent")
        case 65: (.connectionLost, "closed the connection while the request was being sent")
        default: (.connectionLost, "closed the connection before the answer was complete")
        }
    }

    /// Whether the server refused the client's certificate, or that there is none.
    ///
    /// In TLS 1.3 the server says so after the client has sent its request, which the server could not read yet (RFC 8446,
    /// section 4.4.2.4).
    private static func isCertificateAlert(_ text: String) -> Bool {
        let text = ASCII.lowercase(text[...])
        return text.contains("alert") && (text.contains("certificate") || text.contains("unknown ca"))
    }

    /// libcurl's description, unless it may quote the password in a proxy's URL.
    private static func cause(_ text: String) -> String {
        text.isEmpty || text.contains("@") || text.contains("proxy syntax") || text.contains("proxy scheme")
            ? "" : " (\(text))"
    }
}
#endif
