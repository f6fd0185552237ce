import AsyncHTTPClient
import AsyncHTTPClientTransport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransportFailureTests {
    static let misbehaviors: [(reply: Reply, reason: WireFailure.Reason)] = [
        (.reset, .connectionLost),
        (.close, .connectionLost),
        (.truncated(WireResponse(status: 200, body: Data("hello".utf8)), afterBodyBytes: 2), .connectionLost),
        (.raw("SSH-2.0-OpenSSH\r\n\r\n"), .notHTTP),
    ]

    @Test(arguments: misbehaviors.indices, ["GET", "POST"])
    func `A broken answer says why, and that the request may have arrived`(index: Int, method: String) async throws {
        let (reply, reason) = Self.misbehaviors[index]
        let server = try await TestServer { _ in reply }
        let request = method == "GET" ? WireRequest("GET", server.url) : .post(server.url)
        try await withTransport { transport in
            let failure = await failure { try await transport.send(request, .tokenRequest) } as? WireFailure
            #expect(failure?.reason == reason)
            #expect(failure?.mayHaveArrived == true)
        }
        #expect(server.facts.requests == 1)
        await server.stop()
    }

    @Test(arguments: ["http://127.0.0.1:1", "http://[::1]:1", "https://127.0.0.1:1", "https://nowhere.invalid"])
    func `Where nobody listens nothing arrived`(url: String) async throws {
        try await withTransport { transport in
            let request = WireRequest.post(try #require(URL(string: url)))
            let failure = await failure { try await transport.send(request, .tokenRequest) } as? WireFailure
            #expect(failure?.reason == .notConnected)
            #expect(failure?.mayHaveArrived == false)
        }
    }

    @Test func `Where TLS fails nothing arrived`() async throws {
        let server = try await TestServer { _ in .response(WireResponse(status: 200)) }
        let url = try #require(URL(string: "https" + server.url.absoluteString.dropFirst(4)))
        // The server waits for the end of a request that never comes.
        let configuration = HTTPClient.Configuration(timeout: .init(connect: .milliseconds(300)))
        try await withTransport(configuration: configuration) { transport in
            let failure = await failure { try await transport.send(.post(url), .tokenRequest) } as? WireFailure
            #expect(failure?.reason == .notConnected)
            #expect(failure?.mayHaveArrived == false)
        }
        #expect(server.facts.requests == 0)
        await server.stop()
    }

    @Test func `A server that never answers costs the timeout`() async throws {
        let server = try await TestServer { _ in .hang }
        try await withTransport { transport in
            let failure = await failure { try await transport.send(.post(server.url), .short) } as? WireFailure
            #expect(failure?.reason == .timedOut)
            #expect(failure?.mayHaveArrived == true)
            try await server.facts { $0.connections.allSatisfy(\.isClosedByPeer) }
        }
        await server.stop()
    }

    @Test func `A server that drips does not put off the timeout`() async throws {
        let slow = Reply.dripping(
            WireResponse(status: 200, body: Data(repeating: 0x20, count: 100_000)),
            pause: .milliseconds(1)
        )
        let server = try await TestServer { _ in slow }
        try await withTransport { transport in
            let limits = WireLimits(maximumBodyBytes: 1_000_000, timeout: .milliseconds(300))
            let failure = await failure { try await transport.send(.post(server.url), limits) } as? WireFailure
            #expect(failure?.reason == .timedOut)
            #expect(failure?.mayHaveArrived == true)
            try await server.facts { $0.connections[0].isClosedByPeer }
        }
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `A cancelled caller leaves at once, and the connection with it`(method: String) async throws {
        let server = try await TestServer { _ in .hang }
        let request = method == "GET" ? WireRequest("GET", server.url) : .post(server.url)
        try await withTransport { transport in
            let task = Task { try await transport.send(request, .api) }
            try await server.facts { $0.requests == 1 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.facts { $0.connections[0].isClosedByPeer }
        }
        await server.stop()
    }

    @Test func `A caller who is cancelled while the body comes is cut off as well`() async throws {
        let server = try await TestServer { _ in
            Reply(bytes: Data("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nxx".utf8))
        }
        try await withTransport { transport in
            let task = Task { try await transport.send(WireRequest("GET", server.url), .api) }
            try await server.facts { ($0.connections.first?.bytesWritten ?? 0) > 0 }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            try await server.facts { $0.connections[0].isClosedByPeer }
        }
        await server.stop()
    }

    @Test(arguments: ["http://example.com/", "ftp://127.0.0.1/", "http://127%2e0%2e0%2e1/", "unix:///tmp/socket"])
    func `Only https and loopback are taken`(url: String) async throws {
        try await withTransport { transport in
            let request = WireRequest("GET", try #require(URL(string: url)))
            let error = await failure { try await transport.send(request, .tokenRequest) } as? TokenError
            #expect(error?.code == .insecureEndpoint)
        }
    }

    @Test(arguments: [
        ("X-Note", "a\r\nX-Evil: 1"), ("X-Note", "a\u{0}"), ("X Note", "a"), ("Host", "elsewhere.example"),
        ("Content-Length", "1"), ("Transfer-Encoding", "chunked"),
    ])
    func `A header that breaks out of its line is not sent`(name: String, value: String) async throws {
        let server = try await TestServer { _ in .response(WireResponse(status: 200)) }
        try await withTransport { transport in
            var request = WireRequest.post(server.url)
            request.headers[name] = value
            let sent = request
            let error = await failure { try await transport.send(sent, .tokenRequest) } as? TokenError
            #expect(error?.code == .invalidRequest)
            #expect(!"\(String(describing: error))".contains("X-Evil"))
        }
        #expect(server.facts.requests == 0)
        await server.stop()
    }
}
