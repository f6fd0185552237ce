import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransportFailureTests {
    static let misbehaviors: [(reply: LoopbackReply, reason: WireFailure.Reason)] = [
        (.reset, .connectionLost),
        (.close, .connectionLost),
        (.truncated(WireResponse(status: 200, body: Data("hello".utf8)), afterBodyBytes: 2), .connectionLost),
        (.raw("SSH-2.0-OpenSSH\r\n\r\n"), .notHTTP),
    ]

    @Test(arguments: misbehaviors.indices, ["GET", "POST"])
    func `A broken answer says why, and that the request may have arrived`(index: Int, method: String) async throws {
        let (reply, reason) = Self.misbehaviors[index]
        let server = try await LoopbackServer.scripted { _ in reply }
        let request = method == "GET" ? WireRequest("GET", server.url) : .post(server.url)
        let failure = await failure { try await SystemTransport.system.send(request, .api) }.wire
        #expect(failure?.reason == reason)
        #expect(failure?.mayHaveArrived == true)
        #expect(server.facts.requests == 1)
        await server.stop()
    }

    #if os(Linux)
    @Test(arguments: ["GET": "keep-alive", "PUT": "close", "POST": "close", "DELETE": "close", "HEAD": "keep-alive"])
    func `What must not go twice asks URLSession for a new connection`(method: String, wish: String) async throws {
        let server = try await LoopbackServer { request in
            WireResponse(status: 200, headers: ["X-Seen": request.headers["Connection"] ?? "-"])
        }
        let response = try await URLSessionTransport.straight().send(WireRequest(method, server.url), .api)
        #expect(response.headers["X-Seen"] == wish)
        await server.stop()
    }
    #endif

    @Test func `A connection that is refused carried nothing`() async throws {
        // Nobody listens on port 1; that of a server that has stopped may be another's by now.
        let url = URL(string: "http://127.0.0.1:1")!
        let failure = await failure { try await SystemTransport.system.send(.post(url), .api) }.wire
        #expect(failure?.reason == .notConnected)
        #expect(failure?.mayHaveArrived == false)
    }

    #if os(Linux)
    @Test func `A host whose first address refuses is reached at its second`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let port = try #require(server.url.port)
        let first = URL(string: "http://[::1]:\(port)")!
        let failure = await failure { try await SystemTransport.system.send(.post(first), .api) }.wire
        #expect(failure?.reason == .notConnected)
        // libcurl itself resolves this name, to ::1 and then to 127.0.0.1.
        let both = URL(string: "http://localhost:\(port)")!
        #expect(try await SystemTransport.system.send(.post(both), .api).status == 200)
        #expect(server.facts.requests == 1)
        await server.stop()
    }
    #endif

    @Test(arguments: [true, false])
    func `A connection that was kept against our wish is not used again`(ignoresClose: Bool) async throws {
        let answered = AnsweredOnce()
        let server = try await LoopbackServer.scripted { _ in
            var reply = LoopbackReply.response(WireResponse(status: 200))
            reply.ignoresClose = ignoresClose
            return answered.isFirst() ? reply : .close
        }
        let transport = URLSessionTransport.straight()
        #expect(try await transport.send(.post(server.url), .api).status == 200)
        let failure = await failure { try await transport.send(.post(server.url), .api) }.wire
        #expect(failure?.reason == .connectionLost)
        #expect(failure?.mayHaveArrived == true)
        #expect(server.facts.connections.map(\.requests) == [1, 1])
        await server.stop()
    }

    @Test func `A server that never answers costs the timeout`() async throws {
        let server = try await LoopbackServer.scripted { _ in .hang }
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .milliseconds(200))
        let failure = await failure { try await SystemTransport.system.send(.post(server.url), limits) }.wire
        #expect(failure?.reason == .timedOut)
        #expect(failure?.mayHaveArrived == true)
        try await server.facts { $0.connections.allSatisfy(\.isClosedByPeer) }
        await server.stop()
    }

    @Test func `A server that drips does not put off the timeout`() async throws {
        let slow = LoopbackReply.dripping(
            WireResponse(status: 200, body: Data(repeating: 0x20, count: 100_000)),
            pause: .milliseconds(1)
        )
        let server = try await LoopbackServer.scripted { _ in slow }
        let clock = FactClock { try await server.facts { ($0.connections.first?.bytesWritten ?? 0) > 150 } }
        let transport = URLSessionTransport.straight(clock: clock)
        let failure = await failure { try await transport.send(.post(server.url), .api) }.wire
        #expect(failure?.reason == .timedOut)
        #expect(failure?.mayHaveArrived == true)
        try await server.facts { $0.connections[0].isClosedByPeer }
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `A cancelled caller leaves at once, and the connection with it`(method: String) async throws {
        let server = try await LoopbackServer.scripted { _ in .hang }
        let request = method == "GET" ? WireRequest("GET", server.url) : .post(server.url)
        let task = Task { try await SystemTransport.system.send(request, .api) }
        try await server.facts { $0.requests == 1 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await server.facts { $0.connections[0].isClosedByPeer }
        await server.stop()
    }

    @Test func `A caller who was cancelled before sends nothing`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let url = server.url
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await SystemTransport.system.send(.post(url), .api)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.facts.accepted == 0)
        await server.stop()
    }

    @Test func `Cancelling while redirects and answers come in harms no one`() async throws {
        let server = try await LoopbackServer { request in
            request.url.path().hasSuffix("0")
                ? WireResponse(status: 302, headers: ["Location": "/x"], body: Data("moved".utf8))
                : WireResponse(status: 200, body: Data("ok".utf8))
        }
        let transport = SystemTransport.system
        let url = server.url
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                let task = Task {
                    try await transport.send(WireRequest("GET", url.appending(path: "\(number)/\(number % 2)")), .api)
                }
                group.addTask { _ = await task.result }
                group.addTask {
                    _ = try? await server.facts { $0.requests >= number }
                    task.cancel()
                }
            }
            // The last ones are never reached by so many requests once others were cancelled.
            for _ in 0..<300 { await group.next() }
            group.cancelAll()
        }
        #expect(try await transport.send(WireRequest("GET", url.appending(path: "1")), .api).status == 200)
        await server.stop()
    }
}

private struct AnsweredOnce: Sendable {
    private let isUsed = Locked(false)

    func isFirst() -> Bool {
        isUsed.withLock { isUsed in
            defer { isUsed = true }
            return !isUsed
        }
    }
}
