import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What an error says about a request that was sent over a real socket, or was not.
@Suite(.timeLimit(.minutes(5)))
struct DeliveryTests {
    /// The functions that send a request.
    enum Way: CaseIterable {
        case send, data, upload, bytes, download
    }

    private static func session(_ server: LoopbackServer, apiHost: URL? = nil) -> TokenSession {
        // A busy machine is no store or provider that is down.
        TokenSession(
            dialect: .weTix(.custom(server.url), apiHosts: apiHost.map { [$0.absoluteString] } ?? []),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            policy: .unhurried
        )
    }

    private static func request(_ method: String, _ url: URL) -> URLRequest {
        var request = URLRequest(url: url)
        request.httpMethod = method
        return request
    }

    private static func call(_ session: TokenSession, _ way: Way, _ method: String, _ url: URL) async throws {
        switch way {
        case .send: _ = try await session.send(WireRequest(method, url))
        case .data: _ = try await session.data(for: request(method, url))
        case .upload: _ = try await session.upload(for: request(method, url), from: Data("1".utf8))
        case .bytes: for try await _ in try await session.bytes(for: request(method, url)).0 {}
        case .download: _ = try await session.download(for: request(method, url))
        }
    }

    /// A server that gives tokens, and answers everything else with a reply.
    private static func server(_ reply: LoopbackReply) async throws -> LoopbackServer {
        try await LoopbackServer.scripted { $0.url.path == "/auth/token" ? .response(.tokens("access-1")) : reply }
    }

    private static let lost: [LoopbackReply] = [
        .close, .reset, .truncated(WireResponse(status: 200, body: Data("hello".utf8)), afterBodyBytes: 2),
    ]

    @Test(arguments: Way.allCases, lost.indices)
    func `A POST whose answer is lost may have been processed`(_ way: Way, _ index: Int) async throws {
        let server = try await Self.server(Self.lost[index])
        let error = await #expect(throws: TokenError.self) {
            try await Self.call(Self.session(server), way, "POST", server.url.appending(path: "pay"))
        }
        #expect(error?.code == .requestFailed)
        #expect(error?.delivery == .unknown)
        #expect(error?.action == .verify)
        #expect(error?.isTransient == false)
        #expect(error?.hint != nil)
        let message = try #require(error?.message)
        #expect(message.hasPrefix("wetix gave no complete answer: 127.0.0.1 "), "\(message)")
        #expect(server.facts.requests == 2, "the token's request, and the payment")
        await server.stop()
    }

    @Test(arguments: [Way.send, .data, .bytes, .download])
    func `A GET whose answer is lost may be repeated`(_ way: Way) async throws {
        let server = try await Self.server(.close)
        let error = await #expect(throws: TokenError.self) {
            try await Self.call(Self.session(server), way, "GET", server.url.appending(path: "orders"))
        }
        #expect(error?.code == .requestFailed)
        #expect(error?.delivery == .unknown)
        #expect(error?.action == .retry)
        #expect(error?.isTransient == true)
        await server.stop()
    }

    @Test(arguments: Way.allCases)
    func `A POST that met a closed port was not sent`(_ way: Way) async throws {
        let server = try await Self.server(.close)
        // Nobody listens on port 1.
        let api = URL(string: "http://127.0.0.1:1")!
        let error = await #expect(throws: TokenError.self) {
            try await Self.call(Self.session(server, apiHost: api), way, "POST", api)
        }
        #expect(error?.code == .requestFailed)
        #expect(error?.delivery == .notSent)
        #expect(error?.action == .retry)
        #expect(error?.isTransient == true)
        let start = "wetix could not be reached: no connection to 127.0.0.1 could be made"
        #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
        await server.stop()
    }

    @Test(arguments: Way.allCases)
    func `A POST that met a 502 is returned, and sent once`(_ way: Way) async throws {
        let server = try await Self.server(.response(WireResponse(status: 502)))
        try await Self.call(Self.session(server), way, "POST", server.url.appending(path: "pay"))
        #expect(server.facts.requests == 2)
        let answer = try await Self.session(server).send(WireRequest("POST", server.url.appending(path: "pay")))
        #expect(answer.status == 502)
        await server.stop()
    }

    @Test(arguments: Way.allCases)
    func `Without a token nothing is sent`(_ way: Way) async throws {
        let server = try await LoopbackServer.scripted { _ in .response(.refused("invalid_client", 401)) }
        let error = await #expect(throws: TokenError.self) {
            try await Self.call(Self.session(server), way, "POST", server.url.appending(path: "pay"))
        }
        #expect(error?.code == .refused)
        #expect(error?.delivery == .notSent)
        #expect(error?.action == .alert)
        await server.stop()
    }

    @Test(arguments: Way.allCases)
    func `A cancelled request is a cancellation`(_ way: Way) async throws {
        let server = try await Self.server(.hang)
        let session = Self.session(server)
        let task = Task { try await Self.call(session, way, "POST", server.url.appending(path: "pay")) }
        try await server.facts { $0.requests == 2 }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.stop()
    }

    @Test(arguments: Way.allCases)
    func `A request that takes too long may have been processed`(_ way: Way) async throws {
        let server = try await Self.server(.hang)
        let session = Self.session(server)
        _ = try await session.accessToken()
        var request = Self.request("POST", server.url.appending(path: "pay"))
        // Long enough for the request to be sent on a busy machine.
        request.timeoutInterval = 2
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(2))
        let error = await #expect(throws: TokenError.self) {
            switch way {
            case .send: _ = try await session.send(WireRequest("POST", request.url!), limits: limits)
            case .data: _ = try await session.data(for: request)
            case .upload: _ = try await session.upload(for: request, from: Data("1".utf8))
            case .bytes: _ = try await session.bytes(for: request)
            case .download: _ = try await session.download(for: request)
            }
        }
        #expect(error?.code == .requestFailed)
        #expect(error?.delivery == .unknown)
        #expect(error?.action == .verify)
        await server.stop()
    }

    @Test(arguments: ["GET", "POST"])
    func `A 401 with an oversized body is a rejection`(_ method: String) async throws {
        let server = try await LoopbackServer.scripted { request in
            if request.url.path == "/auth/token" { return .response(.tokens("access-\(UUID().uuidString)")) }
            return .response(WireResponse(status: 401, body: Data(repeating: 0x20, count: 4096)))
        }
        let session = Self.session(server)
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(30))
        let answer = try await session.send(WireRequest(method, server.url.appending(path: "pay")), limits: limits)
        #expect(answer.status == 401)
        #expect(answer.isCutOff)
        #expect(server.facts.requests == 4, "two tokens, and two attempts")
        await server.stop()
    }

    @Test(arguments: ["GET": TokenError.Action.fix, "POST": .verify])
    func `An answer beyond the limit belongs to a request that may have been processed`(
        _ method: String,
        _ action: TokenError.Action
    ) async throws {
        let large = WireResponse(status: 200, body: Data(repeating: 0x20, count: 4096))
        let server = try await Self.server(.response(large))
        let limits = WireLimits(maximumBodyBytes: 1024, timeout: .seconds(30))
        let error = await #expect(throws: TokenError.self) {
            try await Self.session(server).send(WireRequest(method, server.url.appending(path: "pay")), limits: limits)
        }
        #expect(error?.code == .answerTooLarge)
        #expect(error?.delivery == .unknown)
        #expect(error?.action == action)
        #expect(error?.isTransient == false)
        await server.stop()
    }
}
