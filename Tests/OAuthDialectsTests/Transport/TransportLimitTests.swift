import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransportLimitTests {
    static let size = 64 * 1024 * 1024

    @Test(arguments: [true, false])
    func `Of 64 MiB at most 1 MiB is kept, and the connection is closed`(announcesLength: Bool) async throws {
        // After a few of them the server waits: whoever wanted the rest would wait with it.
        let server = try await LoopbackServer.scripted { _ in
            var reply = LoopbackReply.streaming(Self.size, announcesLength: announcesLength)
            reply.steps[1...] = [.fill(count: 4 * 1024 * 1024, pause: .zero), .hang]
            return reply
        }
        let response = try await SystemTransport.system.send(.post(server.url), .token)
        #expect(response.status == 200)
        #expect(response.isCutOff)
        #expect(response.headers["Content-Type"] == "application/octet-stream")
        #expect(response.body.count == (announcesLength ? 0 : 1024 * 1024))
        let facts = try await server.facts { !$0.connections[0].isOpen }
        #expect(facts.connections[0].isClosedByPeer)
        #expect(facts.connections[0].bytesWritten < 5 * 1024 * 1024)
        await server.stop()
    }

    #if os(Linux)
    @Test(arguments: [(Int.min, 0), (-1, 0), (.max, 5)])
    func `Limits beyond reason are taken as they are`(bytes: Int, kept: Int) async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200, body: Data("hello".utf8)) }
        // Its own gate: in that of the others there may be no room at once.
        let transport = try LibcurlTransport()
        var limits = WireLimits(maximumBodyBytes: bytes, timeout: .seconds(Int64.max))
        for wait in [Duration.seconds(Int64.min), .zero, .seconds(Int64.max)] {
            limits.connectionTimeout = wait
            #expect(try await transport.send(WireRequest("GET", server.url), limits).body.count == kept)
        }
        let (_, body) = try await transport.stream(WireRequest("GET", server.url), limits)
        #expect(try await body.reduce(0) { $0 + $1.count } == 5)
        limits.timeout = .seconds(Int64.min)
        let failure = await failure { try await transport.send(WireRequest("GET", server.url), limits) }.wire
        #expect(failure?.reason == .timedOut)
        #expect(failure?.mayHaveArrived == false)
        await server.stop()
    }
    #endif

    @Test(arguments: [1, 100_000])
    func `A head without an end is not kept`(length: Int) async throws {
        let field = "X: " + String(repeating: "x", count: length) + "\r\n"
        let head = "HTTP/1.1 200 OK\r\n" + String(repeating: field, count: 2_000_000 / field.utf8.count)
        let server = try await LoopbackServer.scripted { _ in .raw(head) }
        let failure = await failure { try await SystemTransport.system.send(.post(server.url), .token) }.wire
        #expect(failure?.mayHaveArrived == true)
        #expect(failure?.reason == .notHTTP || failure?.reason == .connectionLost)
        await server.stop()
    }

    @Test func `A body of exactly the limit is whole, one byte more is cut off`() async throws {
        let server = try await LoopbackServer { _ in
            WireResponse(status: 200, headers: ["Connection": "close"], body: Data(repeating: 0x61, count: 1000))
        }
        let transport = SystemTransport.system
        let whole = try await transport.send(
            .post(server.url),
            WireLimits(maximumBodyBytes: 1000, timeout: .seconds(10))
        )
        #expect(whole.body.count == 1000)
        #expect(!whole.isCutOff)
        let cut = try await transport.send(.post(server.url), WireLimits(maximumBodyBytes: 999, timeout: .seconds(10)))
        #expect(cut.body.count <= 999)
        #expect(cut.isCutOff)
        await server.stop()
    }

    @Test(arguments: [302, 401])
    func `The body of a redirect or a challenge is cut off as well`(status: Int) async throws {
        let server = try await LoopbackServer { _ in
            WireResponse(
                status: status,
                headers: ["Location": "/x", "WWW-Authenticate": "Basic realm=\"x\""],
                body: Data(repeating: 0x61, count: 10_000)
            )
        }
        let limits = WireLimits(maximumBodyBytes: 100, timeout: .seconds(10))
        let response = try await SystemTransport.system.send(.post(server.url), limits)
        #expect(response.status == status)
        #expect(response.body.count <= 100)
        #expect(response.isCutOff)
        await server.stop()
    }
}
