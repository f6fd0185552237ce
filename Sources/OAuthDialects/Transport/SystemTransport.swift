/// The transport of the platform, one for every session of a process: libcurl on Linux, `URLSession` on Apple platforms.
///
/// On Linux it falls back to `URLSession` where libcurl can't be loaded, is older than 7.76, or has no TLS, and in statically linked
/// programs. Sessions report that with ``SessionEvent/Name/transportFallback``: `URLSession` on Linux has limits that
/// <doc:GoingToProduction> lists.
///
/// In a build without the package trait `URLSession` it sends nothing and throws a ``TokenError``: pass a transport to each session.
public struct SystemTransport: WireStreaming {
    private let transport: any WireStreaming<WireBytes>
    /// Why it is not the platform's first choice.
    let fallbackReason: String?

    fileprivate static let shared = Self()

    #if URLSession
    /// The transport of a system whose libcurl can't be used, and why.
    package init(fallbackReason: String) {
        (transport, self.fallbackReason) = (URLSessionTransport.shared, fallbackReason)
    }
    #endif

    private init() {
        #if os(Linux) && URLSession
        do {
            (transport, fallbackReason) = (try LibcurlTransport(), nil)
        } catch {
            let reason = (error as? TokenError)?.message ?? "libcurl can't be used."
            (transport, fallbackReason) = (URLSessionTransport.shared, reason)
        }
        #elseif URLSession
        (transport, fallbackReason) = (URLSessionTransport.shared, nil)
        #else
        (transport, fallbackReason) = (NoTransport(), nil)
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
