#if URLSession
#if canImport(FoundationNetworking)
public import FoundationNetworking
#else
public import Foundation
#endif

/// A transport over `URLSession` that makes exactly one exchange for each request.
///
/// It returns redirects instead of following them, keeps no cookies, caches, or credentials, truncates a body while it arrives,
/// and enforces the timeout of the whole exchange with its own clock. It sends plain `http` only to loopback, and only if no
/// proxy would carry it there.
///
/// The configuration's `httpMaximumConnectionsPerHost` (6 by default) limits the connections to one host; further requests wait,
/// and the wait counts toward their timeout. On Linux a request other than `GET`, `HEAD`, or `OPTIONS` opens its own connection
/// and sends `Connection: close`, because libcurl repeats a request when a kept connection ends without a response. There a server
/// can't be told to wait either: a streamed body ends with an error once 64 MiB of it have arrived and are not read.
public final class URLSessionTransport: WireStreaming {
    /// A transport for every session of a process, with the system's ephemeral configuration.
    public static let shared = URLSessionTransport()

    private let kept: TransportChannel
    #if canImport(FoundationNetworking)
    private let fresh: UnsafeRequestChannel
    #endif
    private let environment: @Sendable () -> [String: String]
    private let clock: any SessionClock

    /// Creates a transport that keeps the configuration's proxy, TLS versions, and timeouts, and removes its cookies, cache, and
    /// credentials.
    ///
    /// The configuration is copied. Pass a default or an ephemeral one, not a background configuration.
    public convenience init(configuration: URLSessionConfiguration = .ephemeral) {
        self.init(configuration: configuration, environment: ProxyEnvironment.current)
    }

    /// Creates a transport that reads the given environment, which may name a proxy, before each plain `http` request.
    package init(
        configuration: URLSessionConfiguration = .ephemeral,
        environment: @escaping @Sendable () -> [String: String],
        clock: any SessionClock = .system
    ) {
        self.environment = environment
        self.clock = clock
        let configuration = configuration.forgetful
        kept = TransportChannel(configuration, keepsConnections: true)
        #if canImport(FoundationNetworking)
        fresh = UnsafeRequestChannel { TransportChannel(configuration, keepsConnections: false) }
        #endif
    }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let channel = try channel(for: request)
        let response = try await send(request, limits, on: channel)
        settle(channel, after: response, to: request)
        return response
    }

    public func stream(
        _ request: WireRequest,
        _ limits: WireLimits
    ) async throws -> (head: WireResponse, body: WireBytes) {
        let channel = try channel(for: request)
        let exchange = TransportExchange(maximumBodyBytes: .max, isHead: false, isStreamed: true)
        let task = channel.task(for: request, exchange)
        let timer = timer(limits.timeout, for: task, on: channel, exchange)
        let source = BodySource {
            if exchange.resume() { task.resume() }
        } cancel: {
            timer.cancel()
            channel.cancel(task, exchange)
        }
        exchange.attach(source)
        let head = try await response(of: task, exchange, on: channel)
        settle(channel, after: head, to: request)
        return (head, WireBytes(source))
    }

    /// The connections for a request: on Linux those that are not kept, for a request that must not be sent twice.
    private func channel(for request: WireRequest) throws -> TransportChannel {
        try Task.checkCancellation()
        try request.checkForSending(environment: environment)
        #if canImport(FoundationNetworking)
        return request.isRepeatable ? kept : fresh.channel
        #else
        return kept
        #endif
    }

    private func settle(_ channel: TransportChannel, after response: WireResponse, to request: WireRequest) {
        #if canImport(FoundationNetworking)
        if !request.isRepeatable { fresh.settle(channel, after: response) }
        #endif
    }

    private func send(
        _ request: WireRequest,
        _ limits: WireLimits,
        on channel: TransportChannel
    ) async throws -> WireResponse {
        let isHead = request.method == "HEAD"
        let exchange = TransportExchange(
            maximumBodyBytes: limits.maximumBodyBytes,
            isHead: isHead,
            isStreamed: false
        )
        let task = channel.task(for: request, exchange)
        let timer = timer(limits.timeout, for: task, on: channel, exchange)
        defer {
            timer.cancel()
            channel.forget(task)
        }
        return try await response(of: task, exchange, on: channel)
    }

    private func response(
        of task: URLSessionTask,
        _ exchange: TransportExchange,
        on channel: TransportChannel
    ) async throws -> WireResponse {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if exchange.begin(continuation) { task.resume() }
            }
        } onCancel: {
            exchange.end(.failure(CancellationError()))
            channel.cancel(task, exchange)
        }
    }

    /// Ends the exchange at the timeout: the timers of `URLSession` restart with each byte, or never fire on Linux.
    private func timer(
        _ timeout: Duration,
        for task: URLSessionTask,
        on channel: TransportChannel,
        _ exchange: TransportExchange
    ) -> Task<Void, Never> {
        let timeout = min(max(timeout, .zero), .seconds(1_000_000_000))
        let clock = clock
        return Task.detached {
            var deadline = clock.now + timeout
            while (try? await clock.sleep(until: deadline)) != nil {
                guard let later = exchange.laterDeadline(timeout, at: clock.now) else {
                    exchange.end(.failure(WireFailure(.timedOut, mayHaveArrived: true)))
                    return channel.cancel(task, exchange)
                }
                deadline = later
            }
        }
    }
}
#endif
