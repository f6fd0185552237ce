import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Over real sockets, on two loopback addresses.
@Suite(.timeLimit(.minutes(5)))
struct RedirectTests {
    private static let transport = URLSessionTransport(environment: { [:] })

    private func session(_ server: LoopbackServer) -> TokenSession {
        // A busy machine is no provider that is down.
        TokenSession(
            dialect: .weTix(.custom(server.url)),
            credentials: ClientCredentials(id: "client", secret: "s3cret"),
            transport: Self.transport,
            policy: .unhurried
        )
    }

    /// A server that gives tokens, sends `/away…` elsewhere with a status, and answers everything else with the token it saw.
    private func server(_ host: String = "127.0.0.1", redirecting status: Int, to location: String) async throws
        -> LoopbackServer
    {
        try await LoopbackServer(host: host) { request in
            let path = request.url.path
            if path.hasPrefix("/auth/") { return .tokens("access-1") }
            if path.hasPrefix("/away") { return WireResponse(status: status, headers: ["Location": location]) }
            let seen = "\(path) \(request.headers["Authorization"] ?? "nothing")"
            return WireResponse(status: 200, body: Data(seen.utf8))
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308], ["GET", "POST"])
    func `A redirect to another host is returned, and the other host sees nothing`(_ status: Int, _ method: String)
        async throws
    {
        let other = try await LoopbackServer(host: "127.0.0.2") { _ in WireResponse(status: 200) }
        let server = try await server(redirecting: status, to: other.url.appending(path: "/catch").absoluteString)
        var request = URLRequest(url: server.url.appending(path: "/away"))
        request.httpMethod = method
        let (_, response) = try await session(server).data(for: request)
        #expect(response.statusCode == status)
        #expect(other.facts.accepted == 0)
        await server.stop()
        await other.stop()
    }

    @Test func `A redirect to another port of the same host is returned`() async throws {
        let other = try await LoopbackServer { _ in WireResponse(status: 200) }
        let server = try await server(redirecting: 302, to: other.url.absoluteString)
        let (_, response) = try await session(server).data(for: URLRequest(url: server.url.appending(path: "/away")))
        #expect(response.statusCode == 302)
        #expect(other.facts.accepted == 0)
        await server.stop()
        await other.stop()
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `A redirect within the origin is followed for GET, with the token`(_ status: Int) async throws {
        let server = try await server(redirecting: status, to: "/here")
        let (data, response) = try await session(server).data(for: URLRequest(url: server.url.appending(path: "/away")))
        #expect(response.statusCode == 200)
        #expect(response.url?.path == "/here")
        #expect(String(decoding: data, as: UTF8.self) == "/here Bearer access-1")
        await server.stop()
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `A redirect of a POST is returned`(_ status: Int) async throws {
        let server = try await server(redirecting: status, to: "/here")
        var request = URLRequest(url: server.url.appending(path: "/away"))
        request.httpMethod = "POST"
        request.httpBody = Data("pay".utf8)
        #expect(try await session(server).data(for: request).1.statusCode == status)
        await server.stop()
    }

    @Test func `Five redirects are followed, and the sixth is returned`() async throws {
        let server = try await server(redirecting: 302, to: "/away/again")
        let (_, response) = try await session(server).data(for: URLRequest(url: server.url.appending(path: "/away")))
        #expect(response.statusCode == 302)
        let facts = try await server.facts { $0.requests >= 7 }
        #expect(facts.requests == 1 + 6)
        await server.stop()
    }

    @Test func `A redirect of the token endpoint is refused, and the other host sees nothing`() async throws {
        let other = try await LoopbackServer(host: "127.0.0.2") { _ in .tokens("stolen") }
        let location = other.url.appending(path: "/auth/token").absoluteString
        let server = try await LoopbackServer { _ in WireResponse(status: 307, headers: ["Location": location]) }
        let error = await #expect(throws: TokenError.self) { try await session(server).accessToken() }
        #expect(error?.code == .redirected)
        #expect(other.facts.accepted == 0)
        await server.stop()
        await other.stop()
    }

    @Test func `A wrong secret that is answered with a Basic challenge comes back at once`() async throws {
        let server = try await LoopbackServer { _ in
            .json(401, #"{"error":"invalid_client"}"#, headers: ["WWW-Authenticate": #"Basic realm="oauth""#])
        }
        let error = await #expect(throws: TokenError.self) { try await session(server).accessToken() }
        #expect(error?.code == .refused)
        #expect(error?.refusal?.status == 401)
        #expect(error?.refusal?.code == "invalid_client")
        await server.stop()
    }
}
