import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct StreamingTests {
    static let transports: [any WireStreaming<WireBytes>] = [SystemTransport.system, URLSessionTransport.straight()]

    /// A session whose API answers each request with a reply of its own; `/v1/token` issues tokens.
    private func session(
        over transport: some WireTransport,
        _ reply: @escaping @Sendable (WireRequest, _ number: Int) -> LoopbackReply
    ) async throws -> (TokenSession, LoopbackServer) {
        let count = Locked(0)
        let server = try await LoopbackServer.scripted { request in
            if request.url.path == "/v1/token" { return .response(.tokens("access-\(UUID().uuidString)")) }
            let number = count.withLock { count in
                count += 1
                return count
            }
            return reply(request, number)
        }
        let session = TokenSession(
            dialect: .revenueMonster(.custom(server.url)),
            credentials: ClientCredentials(id: "client", secret: "secret"),
            transport: transport,
            policy: .unhurried
        )
        return (session, server)
    }

    @Test func `A sender that is told to wait can see that its reader has caught up meanwhile`() async throws {
        let source = BodySource(resume: {}, cancel: {})
        while source.append(ArraySlice(repeating: 0, count: 64 * 1024)) {}
        #expect(source.isFull)
        while source.isFull { #expect(try await source.next()?.count == 64 * 1024) }
        #expect(source.append([0]))
    }

    @Test(arguments: StreamingTests.transports)
    func `A body of 16 MiB arrives in pieces, and its sender waits for the reader`(
        transport: any WireStreaming<WireBytes>
    ) async throws {
        let whole = 16 * 1024 * 1024
        let (session, server) = try await session(over: transport) { _, _ in .streaming(whole, announcesLength: true) }
        let (bytes, response) = try await session.bytes(for: URLRequest(url: server.url.appending(path: "large")))
        #expect(response.statusCode == 200)
        var count = 0
        for try await piece in bytes { count += piece.count }
        #expect(count == whole)
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports)
    func `A reader that comes late gets the whole body`(transport: any WireStreaming<WireBytes>) async throws {
        let whole = 16 * 1024 * 1024
        let (session, server) = try await session(over: transport) { _, _ in .streaming(whole, announcesLength: true) }
        let (bytes, _) = try await session.bytes(for: URLRequest(url: server.url.appending(path: "large")))
        // More than the source holds: the transport has been told to wait, and what was on its way has arrived.
        try await server.facts { facts in facts.connections.contains { $0.bytesWritten > 1024 * 1024 } }
        var count = 0
        for try await piece in bytes { count += piece.count }
        #expect(count == whole)
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports, ["GET", "POST"])
    func `A request whose body is read late is sent once`(
        transport: any WireStreaming<WireBytes>,
        method: String
    ) async throws {
        let whole = 4 * 1024 * 1024
        let (session, server) = try await session(over: transport) { _, _ in
            .streaming(whole, announcesLength: true, pause: .milliseconds(5))
        }
        var request = URLRequest(url: server.url.appending(path: "large"))
        request.httpMethod = method
        let (bytes, _) = try await session.bytes(for: request)
        // More than the source holds, while the response is still arriving.
        try await server.facts { facts in facts.connections.contains { $0.bytesWritten > 1024 * 1024 } }
        var count = 0
        for try await piece in bytes { count += piece.count }
        #expect(count == whole)
        // The token's request, and this one.
        #expect(server.facts.requests == 2)
        await server.stop()
    }

    @Test func `A body that arrives much faster than it is read over URLSession ends with an error`() async throws {
        let exchange = TransportExchange(maximumBodyBytes: .max, isHead: false, isStreamed: true)
        let source = BodySource(resume: {}, cancel: {})
        exchange.attach(source)
        let (piece, now) = (Data(repeating: 7, count: 16 * 1024 * 1024), SystemClock().now)
        for _ in 0..<4 { #expect(exchange.receive(piece, at: now) != .stop) }
        #expect(exchange.receive(Data([7]), at: now) == .stop)
        var count = 0
        let failure = await #expect(throws: WireFailure.self) {
            while let piece = try await source.next() { count += piece.count }
        }
        #expect(count == 64 * 1024 * 1024 + 1)
        #expect(failure?.reason == .connectionLost)
        #expect(failure?.message == "The body arrived faster than it was read.")
    }

    @Test(arguments: StreamingTests.transports)
    func `A rejected token is replaced before the body is read`(transport: any WireStreaming<WireBytes>) async throws {
        let (session, server) = try await session(over: transport) { _, number in
            number == 1
                ? .response(WireResponse(status: 401, body: Data("no".utf8)))
                : .response(WireResponse(status: 200, body: Data("yes".utf8)))
        }
        let (bytes, response) = try await session.bytes(for: URLRequest(url: server.url.appending(path: "orders")))
        var text = ""
        for try await piece in bytes { text += String(decoding: piece, as: UTF8.self) }
        #expect(text == "yes")
        #expect(response.statusCode == 200)
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports)
    func `A sequence that is released ends its connection`(transport: any WireStreaming<WireBytes>) async throws {
        let (session, server) = try await session(over: transport) { _, _ in
            .streaming(64 * 1024 * 1024, announcesLength: false, pause: .milliseconds(1))
        }
        let url = server.url.appending(path: "large")
        func readOne() async throws {
            let (bytes, _) = try await session.bytes(for: URLRequest(url: url))
            for try await _ in bytes { return }
        }
        try await readOne()
        let facts = try await server.facts { facts in
            facts.requests >= 2 && facts.connections.contains { !$0.isOpen && $0.bytesWritten > 1024 }
        }
        #expect(facts.connections.allSatisfy { $0.bytesWritten < 64 * 1024 * 1024 })
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports)
    func `A reader that is cancelled leaves`(transport: any WireStreaming<WireBytes>) async throws {
        let (session, server) = try await session(over: transport) { _, _ in
            LoopbackReply([.bytes(Data("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n".utf8)), .hang])
        }
        let (bytes, _) = try await session.bytes(for: URLRequest(url: server.url.appending(path: "slow")))
        let reading = Task { for try await _ in bytes {} }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports)
    func `A body that stops coming is given up after the timeout`(transport: any WireStreaming<WireBytes>) async throws
    {
        let (session, server) = try await session(over: transport) { _, _ in
            LoopbackReply([.bytes(Data("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".utf8)), .hang])
        }
        var request = URLRequest(url: server.url.appending(path: "slow"))
        request.timeoutInterval = 2
        _ = try await session.accessToken()
        let (bytes, _) = try await session.bytes(for: request)
        let error = await #expect(throws: TokenError.self) { for try await _ in bytes {} }
        #expect(error?.code == .requestFailed)
        #expect(error?.message.contains("did not answer: ") == true)
        await server.stop()
    }

    @Test(arguments: StreamingTests.transports)
    func `A download is a file that only its owner reads, or no file`(transport: any WireStreaming<WireBytes>)
        async throws
    {
        let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
        let (session, server) = try await session(over: transport) { request, _ in
            let response = WireResponse(status: 200, body: body)
            return request.url.path == "/cut" ? .truncated(response, afterBodyBytes: 500) : .response(response)
        }
        let (file, _) = try await session.download(for: URLRequest(url: server.url.appending(path: "whole")))
        #expect(try Data(contentsOf: file) == body)
        let path = file.path(percentEncoded: false)
        let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        try FileManager.default.removeItem(at: file)
        let error = await #expect(throws: TokenError.self) {
            try await session.download(for: URLRequest(url: server.url.appending(path: "cut")))
        }
        #expect(error?.code == .requestFailed)
        await server.stop()
    }

    @Test func `A transport that can't deliver a body as it arrives says so`() async throws {
        let sandbox = ProviderSandbox(.weTix)
        let error = await #expect(throws: TokenError.self) {
            try await sandbox.session().bytes(for: URLRequest(url: sandbox.url("/large")))
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("ProviderSandbox") == true)
    }

    @Test func `A full body makes the transport wait until there is room`() async throws {
        let resumed = Locked(0)
        let source = BodySource {
            resumed.withLock { $0 += 1 }
        } cancel: {
        }
        let piece = ArraySlice([UInt8](repeating: 0, count: 64 * 1024))
        for _ in 0..<4 { #expect(source.append(piece)) }
        #expect(!source.append(piece))
        #expect(resumed.withLock { $0 } == 0)
        _ = try await source.next()
        #expect(resumed.withLock { $0 } == 1)
        #expect(source.append(piece))
    }
}
