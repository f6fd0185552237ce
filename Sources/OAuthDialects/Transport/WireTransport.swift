/// Sends one request to a server and returns the response.
///
/// An implementation makes exactly one exchange: it follows no redirects, neither sends nor stores cookies, caches nothing, keeps
/// at most ``WireLimits/maximumBodyBytes`` of the body while it arrives, and ends within ``WireLimits/timeout``. When its task
/// is cancelled, it stops and throws `CancellationError`.
public protocol WireTransport: Sendable {
    /// Sends a request and returns the response, whatever its status.
    ///
    /// - Throws: ``WireFailure`` if no response arrived; ``TokenError`` if the request can't be sent. Any other error counts as
    ///   a lost response.
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse

    /// Whether a request may wait for a free connection, ``WireLimits/connectionTimeout`` at most, before its timeout begins.
    ///
    /// A session then waits for so long, too. A transport that forwards to another returns the other's; the default is `false`.
    var waitsForConnections: Bool { get }
}

extension WireTransport {
    public var waitsForConnections: Bool { false }
}
