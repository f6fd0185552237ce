#if canImport(FoundationNetworking)
public import FoundationNetworking
#else
public import Foundation
#endif

/// The transport that comes with the system: `URLSession`, held to one exchange at a time for each request.
///
/// Redirects are returned, not followed; cookies, caches and stored credentials do not exist; a body is cut off while it
/// arrives; the whole exchange ends in time by a clock of our own. Plain `http` is taken to loopback alone, and only while
/// no proxy would carry it there.
///
/// How many connections there are at once to one host is the configuration's `httpMaximumConnectionsPerHost` (6 unless set);
/// requests beyond it wait for their turn, and the wait counts towards their timeout. On Linux a request that is not `GET`,
/// `HEAD` or `OPTIONS` opens a connection of its own and asks for its end with `Connection: close`, because libcurl repeats
/// what it sent on a kept connection that ends unanswered.
public final class URLSessionTransport: WireTransport {
    /// One transport for every session of a process, with the system's ephemeral configuration.
    public static let shared = URLSessionTransport()

    private let kept: TransportChannel
    #if canImport(FoundationNetworking)
    private let fresh: UnsafeRequestChannel
    #endif
    private let environment: @Sendable () -> [String: String]
    private let clock: any SessionClock

    /// Makes a transport; proxy, TLS versions and timeouts of the configuration stay, all that remembers is taken out.
    ///
    /// The configuration is copied. It is a default or an ephemeral one, not one for the background.
    public convenience init(configuration: URLSessionConfiguration = .ephemeral) {
        self.init(configuration: configuration, environment: ProxyEnvironment.current)
    }

    /// Makes a transport with its surroundings given: the environment, in which a proxy may be named, is read for each
    /// request in plain `http`.
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
        try Task.checkCancellation()
        try request.checkForSending(environment: environment)
        #if canImport(FoundationNetworking)
        let isSafe = ["GET", "HEAD", "OPTIONS"].contains(request.method) && request.body == nil
        if isSafe { return try await send(request, limits, on: kept) }
        let channel = fresh.channel
        let response = try await send(request, limits, on: channel)
        fresh.settle(channel, after: response)
        return response
        #else
        return try await send(request, limits, on: kept)
        #endif
    }

    private func send(
        _ request: WireRequest,
        _ limits: WireLimits,
        on channel: TransportChannel
    ) async throws -> WireResponse {
        let exchange = TransportExchange(maximumBodyBytes: limits.maximumBodyBytes, isHead: request.method == "HEAD")
        let task = channel.task(for: request, exchange)
        let timer = timer(limits.timeout, for: task, on: channel, exchange)
        defer {
            timer.cancel()
            channel.forget(task)
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if exchange.begin(continuation) { task.resume() }
            }
        } onCancel: {
            exchange.end(.failure(CancellationError()))
            channel.cancel(task, exchange)
        }
    }

    /// The one clock that sees a server that drips: those of `URLSession` start anew with each byte, or never fire on Linux.
    private func timer(
        _ timeout: Duration,
        for task: URLSessionTask,
        on channel: TransportChannel,
        _ exchange: TransportExchange
    ) -> Task<Void, Never> {
        let deadline = clock.now + min(max(timeout, .zero), .seconds(1_000_000_000))
        let clock = clock
        return Task.detached {
            guard (try? await clock.sleep(until: deadline)) != nil else { return }
            exchange.end(.failure(WireFailure(.timedOut, mayHaveArrived: true)))
            channel.cancel(task, exchange)
        }
    }
}
