import AsyncHTTPClient
import AsyncHTTPClientTransport
import Foundation
import NIOCore
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ExecuteTests {
    /// A provider on loopback, a session with it, and a transport for both.
    private func withProvider(
        _ provider: ProviderSandbox.Provider = .tiki,
        _ body: (ProviderSandbox, TokenSession, URL, AsyncHTTPClientTransport) async throws -> Void
    ) async throws {
        let sandbox = ProviderSandbox(provider, clock: .system)
        sandbox.stub("GET", "/me", json: #"{"id":1}"#)
        sandbox.stub("POST", "/orders") { WireResponse(status: 200, body: $0.body?.data ?? Data()) }
        let server = try await sandbox.serve()
        try await withTransport { transport in
            let session = sandbox.session(at: server.url, transport: transport)
            try await body(sandbox, session, server.url, transport)
        }
        await server.stop()
    }

    private func request(_ method: String, _ url: URL, _ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: url.appending(path: path).absoluteString)
        request.method = .init(rawValue: method)
        return request
    }

    private func body(of answer: HTTPClientResponse) async throws -> String {
        String(buffer: try await answer.body.collect(upTo: 1024 * 1024))
    }

    @Test(arguments: ["tiki", "revenue-monster", "wetix"])
    func `A request is authorized, and repeated if its token is turned away`(name: String) async throws {
        let provider: ProviderSandbox.Provider = ["tiki": .tiki, "wetix": .weTix][name] ?? .revenueMonster
        try await withProvider(provider) { sandbox, session, url, transport in
            for requests in 1...2 {
                let answer = try await session.execute(request("GET", url, "me"), on: transport)
                #expect(answer.status == .ok)
                #expect(try await body(of: answer) == #"{"id":1}"#)
                #expect(sandbox.counters.tokenRequests == requests)
                sandbox.revokeAccessTokens()
            }
            #expect(sandbox.complaints == [])
        }
    }

    @Test func `Bytes are sent again with the new token`() async throws {
        try await withProvider { sandbox, session, url, transport in
            _ = try await session.accessToken()
            sandbox.revokeAccessTokens()
            let answer = try await session.execute(
                request("POST", url, "orders"),
                body: ByteBuffer(string: "one order"),
                on: transport
            )
            #expect(try await body(of: answer) == "one order")
            #expect(sandbox.counters.resourceRequests == 2)
        }
    }

    @Test func `A streamed body is sent once, and the next call has a new token`() async throws {
        try await withProvider { sandbox, session, url, transport in
            let old = try await session.accessToken()
            sandbox.revokeAccessTokens()
            var request = request("POST", url, "orders")
            let (stream, pieces) = AsyncStream.makeStream(of: ByteBuffer.self)
            pieces.yield(ByteBuffer(string: "one order"))
            pieces.finish()
            request.body = .stream(stream, length: .known(Int64(9)))
            let answer = try await session.execute(request, on: transport)
            #expect(answer.status == .unauthorized)
            #expect(sandbox.counters.resourceRequests == 1)
            #expect(try await session.accessToken() != old)
            #expect(sandbox.counters.tokenRequests == 2)
            request.body = .bytes(ByteBuffer(string: "another"))
            #expect(try await body(of: session.execute(request, on: transport)) == "another")
        }
    }

    @Test func `A POST that fails for another reason is not repeated`() async throws {
        try await withProvider { sandbox, session, url, transport in
            sandbox.failNext(.lostAnswer, at: .api)
            let post = request("POST", url, "orders")
            let error = await failure {
                try await session.execute(post, body: ByteBuffer(string: "one"), on: transport).status
            }
            #expect((error as? TokenError)?.code == .requestFailed)
            #expect((error as? TokenError)?.action == .verify)
            sandbox.failNext(.internalServerError, at: .api)
            let answer = try await session.execute(post, body: ByteBuffer(string: "one"), on: transport)
            #expect(answer.status == .internalServerError)
            #expect(sandbox.counters.resourceRequests == 2)
            #expect(sandbox.counters.tokenRequests == 1)
        }
    }

    @Test func `No other origin gets a token, nor a byte`() async throws {
        let other = try await TestServer(host: "127.0.0.2") { _ in .response(WireResponse(status: 200)) }
        try await withProvider { sandbox, session, url, transport in
            let port = other.url.port ?? 0
            let elsewhere = [
                other.url.absoluteString, "http://localhost:\(url.port ?? 0)/me", "http://127.0.0.1:\(port)/me",
                "http://127%2e0%2e0%2e1:\(url.port ?? 0)/me", "http://me@127.0.0.1:\(url.port ?? 0)/me",
                "https://api.example/me", "http+unix://socket/me",
            ]
            for place in elsewhere {
                let request = HTTPClientRequest(url: place)
                let error = await failure { try await session.execute(request, on: transport).status }
                let code = (error as? TokenError)?.code
                #expect(code == .untrustedHost || code == .insecureEndpoint, "\(place)")
            }
            #expect(sandbox.counters.tokenRequests == 0)
            #expect(sandbox.counters.resourceRequests == 0)
        }
        #expect(other.facts.connections.isEmpty)
        await other.stop()
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `A redirect is returned, and nobody it names hears of the token`(status: Int) async throws {
        let other = try await TestServer(host: "127.0.0.2") { _ in .response(WireResponse(status: 200)) }
        try await withProvider { sandbox, session, url, transport in
            sandbox.stub("GET", "/away") { _ in
                WireResponse(status: status, headers: ["Location": other.url.absoluteString])
            }
            let answer = try await session.execute(request("GET", url, "away"), on: transport)
            #expect(Int(answer.status.code) == status)
        }
        #expect(other.facts.connections.isEmpty)
        await other.stop()
    }

    @Test func `A large answer is handed over while it comes`() async throws {
        let server = try await TestServer { _ in .streaming(8 << 20, of: 8 << 20, announcesLength: true) }
        let sandbox = ProviderSandbox(.tiki, clock: .system)
        let provider = try await sandbox.serve()
        try await withTransport { transport in
            let dialect = sandbox.dialect(at: provider.url, apiHosts: [server.url.absoluteString])
            let session = sandbox.session(dialect: dialect, transport: transport)
            let answer = try await session.execute(HTTPClientRequest(url: server.url.absoluteString), on: transport)
            var count = 0
            for try await piece in answer.body { count += piece.readableBytes }
            #expect(count == 8 * 1024 * 1024)
        }
        await server.stop()
        await provider.stop()
    }

    @Test func `What is signed as a whole is refused`() async throws {
        try await withProvider { sandbox, _, url, transport in
            let session = sandbox.session(at: url, signer: NoSigner(), transport: transport)
            let error = await failure { try await session.execute(request("GET", url, "me"), on: transport).status }
            #expect((error as? TokenError)?.code == .invalidRequest)
            #expect(sandbox.counters.resourceRequests == 0)
        }
    }
}

private struct NoSigner: RequestSigner {
    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest { request }
}
