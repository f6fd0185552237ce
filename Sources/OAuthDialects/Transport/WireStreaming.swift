/// A transport that can also deliver the body of a response as it arrives.
///
/// The requirements of ``WireTransport`` hold here too, except that ``WireLimits/maximumBodyBytes`` has no effect and
/// ``WireLimits/timeout`` bounds the time until the response's header fields have arrived, and then the time between its bytes.
public protocol WireStreaming<Body>: WireTransport {
    /// The body, in the pieces in which it arrives. The transport waits while nobody reads it, and stops when it is released.
    associatedtype Body: AsyncSequence<ArraySlice<UInt8>, any Error> & Sendable

    /// Sends a request and returns when the response's header fields have arrived.
    ///
    /// - Returns: the response without its body, and the body, which can be read once.
    /// - Throws: as ``WireTransport/send(_:_:)``; reading the body throws ``WireFailure`` if the connection ends too early, and
    ///   `CancellationError` if the reading task is cancelled.
    func stream(_ request: WireRequest, _ limits: WireLimits) async throws -> (head: WireResponse, body: Body)
}
