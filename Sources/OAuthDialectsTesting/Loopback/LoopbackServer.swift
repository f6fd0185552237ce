package import Foundation
package import OAuthDialects

/// Answers a request to a loopback server.
package typealias LoopbackHandler = @Sendable @concurrent (WireRequest) async -> WireResponse

/// Decides what happens on the connection of a request.
package typealias LoopbackScript = @Sendable @concurrent (WireRequest) async -> LoopbackReply

/// A small HTTP/1.1 server on a loopback address, for development and tests.
///
/// It serves plain HTTP with kept connections and bodies with a `Content-Length`. Each connection has its own thread, so that
/// nothing blocks Swift's thread pool.
package final class LoopbackServer: Sendable {
    /// The root URL, such as `http://127.0.0.1:49152`, without a path.
    package let url: URL

    private let listener: LoopbackListener

    /// Listens on a loopback address and answers every request with a function; port 0 takes any free one.
    ///
    /// - Throws: ``LoopbackFailure`` if the address is not loopback or is in use.
    package convenience init(
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: LoopbackLimits = .standard,
        handler: @escaping LoopbackHandler
    ) async throws {
        try self.init(host, port, limits) { await .response(handler($0)) }
    }

    /// Creates a server whose replies may misbehave: resets, hangs, drips, truncations.
    ///
    /// - Throws: ``LoopbackFailure`` if the address is not loopback or is in use.
    package static func scripted(
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: LoopbackLimits = .standard,
        script: @escaping LoopbackScript
    ) async throws -> LoopbackServer {
        try LoopbackServer(host, port, limits, script)
    }

    private init(_ host: String, _ port: Int, _ limits: LoopbackLimits, _ script: @escaping LoopbackScript) throws {
        listener = try LoopbackListener(host, port, limits, script)
        url = listener.url
        listener.start()
    }

    deinit {
        listener.stop()
    }

    /// Serves while a function runs, then stops.
    package static func withServer<Result>(
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: LoopbackLimits = .standard,
        handler: @escaping LoopbackHandler,
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let server = try await LoopbackServer(host: host, port: port, limits: limits, handler: handler)
        do {
            let result = try await body(server.url)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// What has happened so far.
    package var facts: LoopbackFacts { listener.record.facts }

    /// Waits until the facts satisfy a condition.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    @discardableResult
    package func facts(where predicate: @escaping @Sendable (LoopbackFacts) -> Bool) async throws -> LoopbackFacts {
        try await listener.record.facts(where: predicate)
    }

    /// Stops listening, closes every connection, cancels handlers in progress, and waits for the threads.
    package func stop() async {
        listener.stop()
        _ = try? await listener.record.facts { !$0.isListening && $0.connections.allSatisfy { !$0.isOpen } }
    }
}
