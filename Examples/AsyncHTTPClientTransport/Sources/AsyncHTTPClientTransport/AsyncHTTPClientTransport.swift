import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import OAuthDialects

/// Carries a session's requests by AsyncHTTPClient: one exchange for each, whatever the client would do by itself.
///
/// No redirect is followed; there are no cookies; no connection is tried twice, because a session has a schedule of its own.
/// Requests that may change something get a connection of their own, which is closed after the answer: on a kept one, an end
/// that crosses the request would leave open whether it arrived, and with it what became of a refresh token.
public struct AsyncHTTPClientTransport: WireTransport {
    /// For `GET`, `HEAD` and `OPTIONS`.
    private let kept: HTTPClient

    /// For all else.
    private let fresh: HTTPClient

    /// Makes a transport, which has to be ended by ``shutdown()``.
    ///
    /// - Parameter configuration: proxy, TLS and time limits stay; whatever would repeat a request or send it elsewhere is
    ///   taken out.
    public init(configuration: HTTPClient.Configuration = .init()) {
        var configuration = configuration
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        // Below the session's limit for an exchange, so that an address that swallows everything is known as not reached.
        configuration.timeout.connect = min(configuration.timeout.connect ?? .seconds(5), .seconds(5))
        kept = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        configuration.httpVersion = .http1Only
        fresh = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends every connection; nothing can be sent afterwards.
    public func shutdown() async throws {
        try await kept.shutdown()
        try await fresh.shutdown()
    }

    public func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let outgoing = try HTTPClientRequest(request)
        do {
            return try await withThrowingTaskGroup(of: WireResponse.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    try await WireResponse(perform(outgoing, by: .distantFuture), atMost: limits.maximumBodyBytes)
                }
                // The client's own deadline is for the head: a body that drips would go on for ever.
                group.addTask {
                    try await Task.sleep(for: limits.timeout)
                    throw WireFailure(.timedOut, mayHaveArrived: true)
                }
                guard let response = try await group.next() else { throw CancellationError() }
                return response
            }
        } catch {
            try Task.checkCancellation()
            throw WireFailure.reading(error)
        }
    }

    /// One exchange, up to the head of its answer.
    func perform(_ request: HTTPClientRequest, by deadline: NIODeadline) async throws -> HTTPClientResponse {
        let isSafe = [.GET, .HEAD, .OPTIONS].contains(request.method) && request.body == nil
        guard !isSafe else { return try await kept.execute(request, deadline: deadline) }
        var request = request
        request.headers.replaceOrAdd(name: "Connection", value: "close")
        return try await fresh.execute(request, deadline: deadline)
    }
}
