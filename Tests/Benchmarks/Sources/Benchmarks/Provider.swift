import FlyingFox
import FlyingSocks
import Foundation
import OAuthDialects
import Synchronization

/// A provider on loopback: `/token` takes 200 ms, `/quick` answers at once, `/down` breaks off after 300 ms, `/empty` has no answer but
/// its status, `/hang` none at all.
final class Provider: Sendable {
    private let server: HTTPServer
    private let serving: Task<Void, any Error>
    private let port: UInt16
    private let count: Counter

    final class Counter: Sendable {
        let value = Mutex(0)
        let hanging = Mutex(0)
    }

    /// How many requests have come that are never answered.
    var hanging: Int { count.hanging.withLock { $0 } }

    init() async throws {
        let count = Counter()
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("*") { request in
            count.value.withLock { $0 += 1 }
            switch request.path {
            case "/down":
                try await Task.sleep(for: .milliseconds(300))
                return HTTPResponse(statusCode: .ok, body: HTTPBodySequence(from: BrokenBody(), count: 100))
            case "/empty":
                // Head and body would be two packets, the second of which waits for an acknowledgement.
                return HTTPResponse(statusCode: .noContent)
            case "/hang":
                count.hanging.withLock { $0 += 1 }
                try await Task.sleep(for: .seconds(3600))
            case "/token":
                try await Task.sleep(for: .milliseconds(200))
            default:
                break
            }
            let body = #"{"access_token":"token","expires_in":3600,"token_type":"Bearer"}"#
            return HTTPResponse(
                statusCode: .ok,
                headers: [.contentType: "application/json"],
                body: Data(body.utf8)
            )
        }
        serving = Task { try await server.run() }
        try await server.waitUntilListening()
        guard case .ip4(_, let port) = await server.listeningAddress else { throw CocoaError(.featureUnsupported) }
        self.server = server
        self.port = port
        self.count = count
    }

    func url(_ path: String) -> URL { URL(string: "http://127.0.0.1:\(port)/\(path)")! }

    func stop() async {
        await server.stop()
        try? await serving.value
    }

    /// How many requests some work causes.
    func requests(_ work: () async throws -> Void) async rethrows -> Double {
        let before = count.value.withLock { $0 }
        try await work()
        return Double(count.value.withLock { $0 } - before)
    }

    static func session(at url: URL) throws -> TokenSession {
        let origin = "http://\(url.host() ?? ""):\(url.port ?? 80)"
        return TokenSession(
            dialect: .standard(name: "benchmark", tokenEndpoint: url, apiHosts: [origin]),
            credentials: ClientCredentials(id: "client", secret: "secret")
        )
    }
}

/// A body that fails before its first byte: the server closes the connection.
private struct BrokenBody: AsyncBufferedSequence {
    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        mutating func next() async throws -> UInt8? { throw CancellationError() }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? { throw CancellationError() }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}
