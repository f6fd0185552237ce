import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct LoopbackServerTests {
    private func exchange(_ bytes: String, with server: LoopbackServer) async throws -> String {
        let url = server.url
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try RawPeer.exchange(bytes, with: url) })
            }
        }
    }

    @Test func `It serves while a function runs, and is gone after`() async throws {
        let handler: LoopbackHandler = { _ in WireResponse(status: 204) }
        let url = try await LoopbackServer.withServer(handler: handler) { url in
            let response = try await SystemTransport.system.send(WireRequest("GET", url), .api)
            #expect(response.status == 204)
            return url
        }
        await #expect(throws: WireFailure.self) {
            try await SystemTransport.system.send(WireRequest("GET", url), .api)
        }
    }

    @Test(arguments: ["0.0.0.0", "10.0.0.1", "example.com", "::", ""])
    func `It listens on loopback alone`(host: String) async {
        await #expect(throws: (any Error).self) {
            try await LoopbackServer(host: host) { _ in WireResponse(status: 200) }
        }
    }

    @Test func `A port that is taken is an error`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let port = try #require(server.url.port)
        await #expect(throws: LoopbackFailure.self) {
            try await LoopbackServer(port: port) { _ in WireResponse(status: 200) }
        }
        await server.stop()
    }

    @Test func `Two requests on one connection are two answers`() async throws {
        let server = try await LoopbackServer { request in
            WireResponse(status: 200, body: Data(request.url.path().utf8) + (request.body?.data ?? Data()))
        }
        let answer = try await exchange(
            "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n!!"
                + "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            with: server
        )
        #expect(
            answer == "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n/a!!"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n/b"
        )
        #expect(server.facts.connections.map(\.requests) == [2])
        await server.stop()
    }

    static let refused: [(request: String, status: Int)] = [
        ("nonsense\r\n\r\n", 400),
        ("GET x HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 300) + "\r\n\r\n", 431),
        (String(repeating: "x", count: 300), 431),
    ]

    @Test(arguments: refused.indices)
    func `What it can't take is refused, and the connection closed`(index: Int) async throws {
        let limits = LoopbackLimits(maximumHeaderBytes: 200, maximumBodyBytes: 100)
        let server = try await LoopbackServer(limits: limits) { _ in WireResponse(status: 200) }
        let answer = try await exchange(Self.refused[index].request, with: server)
        #expect(answer.hasPrefix("HTTP/1.1 \(Self.refused[index].status) "))
        #expect(server.facts.requests == 0)
        await server.stop()
    }

    @Test func `A connection that says nothing is closed`() async throws {
        let limits = LoopbackLimits(idleTimeout: .milliseconds(20))
        let server = try await LoopbackServer(limits: limits) { _ in WireResponse(status: 200) }
        #expect(try await exchange("GET / HT", with: server) == "")
        await server.stop()
    }

    @Test func `More connections than the limit are closed as they come`() async throws {
        let server = try await LoopbackServer.scripted(limits: LoopbackLimits(maximumConnections: 1)) { _ in .hang }
        async let first = exchange("GET / HTTP/1.1\r\n\r\n", with: server)
        try await server.facts { $0.requests == 1 }
        #expect(try await exchange("", with: server) == "")
        #expect(server.facts.accepted == 1)
        await server.stop()
        #expect(try await first == "")
    }

    @Test func `Stopping ends those who wait for an answer that never comes`() async throws {
        let server = try await LoopbackServer { _ in
            try? await Task.sleep(for: .seconds(3600))
            return WireResponse(status: 200)
        }
        let url = server.url
        let waiting = Task { try await SystemTransport.system.send(WireRequest("GET", url), .api) }
        try await server.facts { $0.requests == 1 }
        await server.stop()
        await #expect(throws: WireFailure.self) { try await waiting.value }
        #expect(!server.facts.connections[0].isClosedByPeer)
    }

    @Test func `Waiting for a fact ends with its task`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let waiting = Task { try await server.facts { $0.requests == 1 } }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        await server.stop()
    }
}
