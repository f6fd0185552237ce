public final class URLSessionTransport: WireTransport {
    public static let shared = URLSessionTransport()
    public init() {}
    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        throw WireFailure(.notConnected, mayHaveArrived: false)
    }
}
