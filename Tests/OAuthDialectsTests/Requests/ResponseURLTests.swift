import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.timeLimit(.minutes(5)))
struct ResponseURLTests {
    @Test func `A response's URL has no token, although the dialect puts it there`() async throws {
        let server = try await LoopbackServer { request in
            if request.url.path == "/auth/token" { return .tokens("access-1") }
            return WireResponse(status: 200, body: Data((request.url.query ?? "").utf8))
        }
        let dialect = WeTixDialect.weTix(.custom(server.url)).overriding {
            $0.authorize = { request, access, _ in
                request.url.append(queryItems: [URLQueryItem(name: "t", value: access.token.value.revealed)])
            }
        }
        let credentials = ClientCredentials(id: "client", secret: "s3cret")
        let session = TokenSession(dialect: dialect, credentials: credentials, policy: .unhurried)
        let request = URLRequest(url: server.url.appending(path: "orders"))
        let (data, response) = try await session.data(for: request)
        #expect(String(decoding: data, as: UTF8.self) == "t=access-1")
        let (_, streamed) = try await session.bytes(for: request)
        let (file, downloaded) = try await session.download(for: request)
        try FileManager.default.removeItem(at: file)
        for response in [response, streamed, downloaded] { #expect(response.url == request.url) }
        await server.stop()
    }
}
