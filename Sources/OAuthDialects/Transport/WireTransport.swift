/// Carries one request to a server and its answer back.
///
/// An implementation makes exactly one exchange: it follows no redirect, sends and keeps no cookie, caches nothing, keeps at
/// most ``WireLimits/maximumBodyBytes`` of the body while it arrives, and ends within ``WireLimits/timeout``. When its task
/// is cancelled it stops and throws `CancellationError`.
public protocol WireTransport: Sendable {
    /// Sends a request and returns what came back, whatever its status.
    ///
    /// - Throws: ``WireFailure`` where no answer came; ``TokenError`` where the request can't be sent as it is. Any other
    ///   error counts as an answer that was lost.
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse
}
