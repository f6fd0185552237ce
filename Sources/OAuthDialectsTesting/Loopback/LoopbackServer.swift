package import Foundation
package import OAuthDialects

/// Answers a request on a loopback port.
package typealias LoopbackHandler = @Sendable @concurrent (WireRequest) async -> WireResponse

/// Says what is done on the connection a request came on.
package typealias LoopbackScript = @Sendable @concurrent (WireRequest) async -> LoopbackReply

/// A small HTTP/1.1 server on a loopback address, for development and tests.
///
/// It speaks plain HTTP, keeps connections, takes bodies with a `Content-Length`, and serves each connection by a thread of
/// its own, so that nothing ever blocks Swift's pool.
package final class LoopbackServer: Sendable {
    /// Where it listens, such as `http://127.0.0.1:49152`, without a path.
    package let url: URL

    private let listener: LoopbackListener

    /// Listens on a loopback address, answering every request by a function; port 0 is any that is free.
    ///
    /// - Throws: ``LoopbackFailure`` if the address is not loopback or not to be had.
    package convenience init(
        host: String = "127.0.0.1",
        port: Int = 0,
        limits: LoopbackLimits = .standard,
        handler: @escaping LoopbackHandler
    ) async throws {
        try self.init(host, port, limits) { await .response(handler($0)) }
    }

    /// Makes a server that does as a script says: resets, hangs, drips, cuts off.
    ///
    /// - Throws: ``LoopbackFailure`` if the address is not loopback or not to be had.
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

    /// Waits until the facts are as a test wants them; no time is involved.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    @discardableResult
    package func facts(where predicate: @escaping @Sendable (LoopbackFacts) -> Bool) async throws -> LoopbackFacts {
        try await listener.record.facts(where: predicate)
    }

    /// Stops listening, ends every connection, cancels the functions that still answer, and waits for the threads.
    package func stop() async {
        listener.stop()
        _ = try? await listener.record.facts { !$0.isListening && $0.connections.allSatisfy { !$0.isOpen } }
    }
}
