/// The transport of the platform, one for every session of a process: libcurl on Linux, `URLSession` on Apple platforms.
///
/// On Linux it falls back to `URLSession` where libcurl can't be loaded, is older than 7.76, or has no TLS, and in statically linked
/// programs. Sessions report that with ``SessionEvent/Name/transportFallback``: `URLSession` on Linux has limits that
/// <doc:GoingToProduction> lists.
public struct SystemTransport: WireStreaming {
    private let transport: any WireStreaming<WireBytes>
    /// Why it is not the platform's first choice.
    let fallbackReason: String?

    fileprivate static let shared = Self()

    /// The transport of a system whose libcurl can't be used, and why.
    package init(fallbackReason: String) {
        (transport, self.fallbackReason) = (URLSessionTransport.shared, fallbackReason)
    }

    private init() {
        #if os(Linux)
        do {
            (transport, fallbackReason) = (try LibcurlTransport(), nil)
        } catch {
            let reason = (error as? TokenError)?.message ?? "libcurl can't be used."
            (transport, fallbackReason) = (URLSessionTransport.shared, reason)
        }
        #else
        (transport, fallbackReason) = (URLSessionTransport.shared, nil)
        #endif
    }

    public var waitsForConnections: Bool { transport.waitsForConnections }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        try await transport.send(request, limits)
    }

    public func stream(
        _ request: WireRequest,
        _ limits: WireLimits
    ) async throws -> (head: WireResponse, body: WireBytes) {
        try await transport.stream(request, limits)
    }
}

extension WireTransport where Self == SystemTransport {
    /// The platform's transport: the default of every session.
    public static var system: SystemTransport { .shared }
}
