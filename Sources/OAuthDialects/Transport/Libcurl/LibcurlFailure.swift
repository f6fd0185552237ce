#if os(Linux) && URLSession
internal import Glibc

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
            message: "\(what)\(Self.detail(of: code, text, transfer, handle))."
        )
    }

    /// A transfer whose time is over.
    static func late(_ origin: Origin, mayHaveArrived: Bool) -> Self {
        let host = origin.host
        let message =
            mayHaveArrived
            ? "\(host) did not answer in time." : "No connection to \(host) could be made in time; nothing was sent."
        return Self(.timedOut, mayHaveArrived: mayHaveArrived, message: message)
    }

    private static func meaning(of code: Int32, _ transfer: LibcurlTransfer, _ hasSent: Bool) -> (Reason, String) {
        let host = transfer.origin.host
        return switch code {
        case 5: (.notConnected, "No connection to \(host) could be made: the proxy was not found")
        case 6: (.notConnected, "The host \(host) was not found")
        case 7, 97: (.notConnected, "No connection to \(host) could be made")
        case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91, 98:
            (.tlsFailed, "No secure connection to \(host) could be made")
        case 0 where transfer.response == nil:
            (.connectionLost, "\(host) closed the connection within the answer's header")
        case 1, 8, 61: (.notHTTP, "\(host) sent an answer that is not HTTP")
        case 23 where !transfer.isHTTP: (.notHTTP, "\(host) sent an answer that is not HTTP")
        // A proxy that refuses the tunnel, or a system without descriptors or memory.
        case _ where !hasSent: (.notConnected, "No connection to \(host) could be made; nothing was sent")
        case 65: (.connectionLost, "\(host) closed the connection while the request was being sent")
        default: (.connectionLost, "\(host) closed the connection before the answer was complete")
        }
    }

    /// Whether the server refused the client's certificate, or refused because there is none.
    ///
    /// In TLS 1.3 the server says so after the client has sent its request, which the server could not read yet (RFC 8446,
    /// section 4.4.2.4).
    private static func isCertificateAlert(_ text: String) -> Bool {
        let text = ASCII.lowercase(text[...])
        return text.contains("alert") && (text.contains("certificate") || text.contains("unknown ca"))
    }

    /// What is known of the cause, in parentheses.
    private static func detail(
        of code: Int32,
        _ text: String,
        _ transfer: LibcurlTransfer,
        _ handle: LibcurlHandle
    ) -> String {
        switch code {
        // The text only repeats that the host was not found.
        case 6: ""
        // The text names whom libcurl connected to, the host or a proxy, but not the system's error.
        case 7 where text.contains(" to \(transfer.origin.host) "):
            systemCause(handle.systemError).map { " (\($0))" } ?? cause(text)
        default: cause(text)
        }
    }

    private static func systemCause(_ number: Int32) -> String? {
        switch number {
        case ECONNREFUSED: "connection refused"
        case ENETUNREACH: "the network is unreachable"
        case EHOSTUNREACH: "no route to the host"
        case ETIMEDOUT: "the host did not answer"
        default: nil
        }
    }

    /// libcurl's description, unless it may quote the password in a proxy's URL.
    private static func cause(_ text: String) -> String {
        text.isEmpty || text.contains("@") || text.contains("proxy syntax") || text.contains("proxy scheme")
            ? "" : " (\(text))"
    }
}
#endif
