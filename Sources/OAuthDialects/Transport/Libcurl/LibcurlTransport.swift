#if os(Linux) && URLSession
/// A transport over the system's libcurl that makes exactly one exchange for each request: the default on Linux.
///
/// libcurl is loaded at run time; FoundationNetworking needs the same library, so nothing is installed. One thread carries all
/// requests of the process and sleeps when there are none. It follows no redirects, keeps no cookies, cache, or credentials, cuts
/// off a body while it arrives, verifies certificates with the system's store, and requires TLS 1.2. It uses the proxies of the
/// environment (`https_proxy`, `all_proxy`, `no_proxy`), but never for loopback. No request except GET, HEAD, and OPTIONS reaches
/// a server twice.
///
/// Requests wait in a gate of the transport's own for a free connection: with a latency of *s* seconds, *n* connections carry
/// *n / s* requests a second. An eighth of the connections are for token requests alone. With HTTP/2, too, a connection carries
/// one request at a time.
public final class LibcurlTransport: WireStreaming {
    /// How a transport connects.
    public struct Configuration: Sendable {
        /// The file of CA certificates (PEM) that are trusted in addition to the system's.
        public var additionalCAFile: String?
        /// The file of the client's certificate (PEM), for mutual TLS.
        public var clientCertificateFile: String?
        /// The file of the client's key (PEM, not encrypted), for mutual TLS.
        public var clientKeyFile: String?
        /// How many requests to one origin may be on their way at once: 256.
        public var connectionsPerOrigin = 256
        /// How many requests may be on their way at once: 512.
        public var connections = 512

        /// Creates the default configuration.
        public init() {}
    }

    private let gate: ConnectionGate
    private let security: LibcurlSecurity

    /// Creates a transport.
    ///
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/invalidRequest`` if libcurl can't be loaded, is older than 7.76, or
    ///   has no TLS, or if a file can't be read or is not what it should be.
    public convenience init(_ configuration: Configuration = Configuration()) throws {
        do {
            try self.init(configuration, libcurl: Libcurl.loaded.get())
        } catch let error as Libcurl.Unusable {
            throw TokenError(
                .invalidRequest,
                "libcurl can't be used: \(error).",
                hint: "Install libcurl 7.76 or later, or pass URLSessionTransport.shared."
            )
        }
    }

    /// Uses libcurl as if it were another version.
    package init(_ configuration: Configuration = Configuration(), libcurl: Libcurl.Version) throws {
        security = try LibcurlSecurity(configuration, libcurl)
        let limits = ConnectionGate.Limits(
            perOrigin: configuration.connectionsPerOrigin,
            total: configuration.connections
        )
        gate = ConnectionGate(limits)
    }

    /// The file of the CA certificates that are trusted in place of the system's: those and the additional ones.
    package var caFile: String? { security.caFile }

    public var waitsForConnections: Bool { true }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let start = SystemClock().now
        let (driver, origin) = try await enter(request, limits)
        defer { gate.leave(origin, isToken: limits.isTokenRequest) }
        let wait = SystemClock().now - start
        let transfer = LibcurlTransfer(request, to: origin, limits, security, isStreamed: false)
        var response = try await response(of: transfer, driver)
        response.connectionWait = wait
        return response
    }

    public func stream(
        _ request: WireRequest,
        _ limits: WireLimits
    ) async throws -> (head: WireResponse, body: WireBytes) {
        let (driver, origin) = try await enter(request, limits)
        let transfer = LibcurlTransfer(request, to: origin, limits, security, isStreamed: true)
        let source = BodySource {
            driver.resume(transfer)
        } cancel: { [gate] in
            driver.cancel(transfer)
            gate.leave(origin, isToken: limits.isTokenRequest)
        }
        transfer.attach(source)
        return (try await response(of: transfer, driver), WireBytes(source))
    }

    /// Waits until the request may go.
    private func enter(_ request: WireRequest, _ limits: WireLimits) async throws -> (LibcurlDriver, Origin) {
        try Task.checkCancellation()
        let origin = try request.checkedOrigin()
        let driver = try LibcurlDriver.current()
        let isToken = limits.isTokenRequest
        guard try await gate.enter(origin, isToken: isToken, within: limits.connectionTimeout) else {
            let message = "No connection to \(origin.host) became free in time; the request was not sent."
            throw WireFailure(.noConnectionFree, mayHaveArrived: false, message: message)
        }
        return (driver, origin)
    }

    private func response(of transfer: LibcurlTransfer, _ driver: LibcurlDriver) async throws -> WireResponse {
        guard let handle = LibcurlHandle(transfer) else {
            let message = "The system has no memory for a request to \(transfer.origin)."
            throw WireFailure(.notConnected, mayHaveArrived: false, message: message)
        }
        return try await withCancellableContinuation { continuation in
            guard transfer.begin(continuation) else { return .failure(CancellationError()) }
            driver.start(handle)
            return nil
        } remove: {
            let continuation = transfer.abandon()
            driver.cancel(transfer)
            return continuation
        }
    }
}
#endif
