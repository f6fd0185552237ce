import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sixty URLs, and where their bytes went: `PORT` is that of the one origin in the API origins, `OTHER` that of another listener.
@Suite(.timeLimit(.minutes(5)))
struct WhereBytesGoTests {
    static let there = [
        "http://127.0.0.1:PORT", "http://127.0.0.1:PORT/", "http://127.0.0.1:PORT/a/b?c=d#e", "HTTP://127.0.0.1:PORT/",
        "http://127.0.0.1:PORT/@127.0.0.2:OTHER/", "http://127.0.0.1:PORT?@127.0.0.2:OTHER/",
        "http://127.0.0.1:PORT#@127.0.0.2:OTHER/", "http://127.0.0.1:PORT//127.0.0.2:OTHER/",
        "http://127.0.0.1:PORT/http://127.0.0.2:OTHER/", "http://127.0.0.1:0PORT/", "http://127.0.0.1:PORT/%2e%2e/x",
        "http://127.0.0.1:PORT/x/../../y", "http://127.0.0.1:PORT/?u=http://127.0.0.2:OTHER/",
        "http://127.0.0.1:PORT/;@127.0.0.2:OTHER", "http://127.0.0.1:PORT/a%20b", "http://127.0.0.1:PORT/%00",
    ]

    static let nowhere = [
        // The other listener, plainly and in disguise.
        "http://127.0.0.2:OTHER/", "http://127.0.0.1@127.0.0.2:OTHER/", "http://127.0.0.1:PORT@127.0.0.2:OTHER/",
        "http://127.0.0.2:OTHER#@127.0.0.1:PORT/", "http://127.0.0.2:OTHER?@127.0.0.1:PORT/",
        "http://127.0.0.2:OTHER\\@127.0.0.1:PORT/",
        "http://127.0.0.2:OTHER/127.0.0.1:PORT", "http://127.0.0.1%40127.0.0.2:OTHER/",
        "http://127.0.0.1%2F@127.0.0.2:OTHER/",
        "http://127%2e0%2e0%2e2:OTHER/", "http://127.0.0.2%00.127.0.0.1:OTHER/", "http://127.0.0.2.:OTHER/",
        "http://127.2:OTHER/", "http://2130706434:OTHER/", "http://0x7f000002:OTHER/", "http://0177.0.0.2:OTHER/",
        "http://[::ffff:127.0.0.2]:OTHER/", "http://[::ffff:7f00:2]:OTHER/", "http://１２７.0.0.2:OTHER/",
        "http://127。0。0。2:OTHER/",
        "http://127.0.0.2:0OTHER/", "http://127.0.0.2:PORT/", "http://127.0.0.1:OTHER/",
        // The right listener under a name that the API origins does not have.
        "http://127%2e0%2e0%2e1:PORT/", "http://127.1:PORT/", "http://2130706433:PORT/", "http://0x7f.0.0.1:PORT/",
        "http://0177.0.0.1:PORT/", "http://127.0.0.1.:PORT/", "http://[::ffff:127.0.0.1]:PORT/",
        "http://localhost:PORT/",
        "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://0.0.0.0:PORT/", "http://user@127.0.0.1:PORT/",
        "http://user:pass@127.0.0.1:PORT/", "http://@127.0.0.1:PORT/", "http://:@127.0.0.1:PORT/",
        "https://127.0.0.1:PORT/",
        "http://127.0.0.1:PORT\\@127.0.0.2:OTHER/", "http://127.0.0.1 :PORT/",
        "ftp://127.0.0.1:PORT/", "http:127.0.0.1:PORT/", "//127.0.0.1:PORT/", "http:///127.0.0.1:PORT/",
        // Letters that fold: the Kelvin sign is no k to the API origins.
        "http://loo\u{212A}back.example:PORT/", "http://127.0.0.1:-PORT/", "http://127.0.0.1:+PORT/",
    ]

    private struct Scene {
        let right: LoopbackServer
        let other: LoopbackServer
        let session: TokenSession

        init() async throws {
            right = try await LoopbackServer { request in
                request.url.path == "/auth/token" ? .tokens("access-1") : WireResponse(status: 200)
            }
            other = try await LoopbackServer(host: "127.0.0.2") { _ in WireResponse(status: 200) }
            // Time stands still: a busy machine makes nothing of this end too early.
            let clock = TestClock()
            session = TokenSession(
                dialect: .weTix(.custom(right.url)),
                credentials: ClientCredentials(id: "client", secret: "s3cret"),
                transport: .system,
                clock: clock
            )
            _ = try await session.accessToken()
        }

        func url(_ text: String) -> URL? {
            let ports = (right.url.port ?? 0, other.url.port ?? 0)
            return URL(string: text.replacing("PORT", with: "\(ports.0)").replacing("OTHER", with: "\(ports.1)"))
        }

        func stop() async {
            await right.stop()
            await other.stop()
        }
    }

    @Test func `The bytes go to the API origins, or nowhere`() async throws {
        #expect(Self.there.count + Self.nowhere.count >= 60)
        let scene = try await Scene()
        var expected = 1
        for text in Self.there {
            let url = try #require(scene.url(text), "\(text)")
            let answer = try? await scene.session.data(for: URLRequest(url: url))
            #expect(answer?.1.statusCode == 200, "\(text)")
            expected += 1
            #expect(scene.right.facts.requests == expected, "\(text)")
        }
        let connections = scene.right.facts.accepted
        for text in Self.nowhere {
            // What Foundation does not take for a URL can't be asked for.
            guard let url = scene.url(text) else { continue }
            let error = await #expect(throws: TokenError.self, "\(text)") {
                try await scene.session.data(for: URLRequest(url: url))
            }
            #expect(error?.code == .untrustedHost || error?.code == .insecureEndpoint, "\(text)")
        }
        #expect(scene.right.facts.requests == expected)
        #expect(scene.right.facts.accepted == connections)
        #expect(scene.other.facts.accepted == 0)
        await scene.stop()
    }

    #if os(Linux)
    /// In a process of its own, because its environment is changed.
    @Test func `A recording proxy sees nothing secret in clear`() async {
        await #expect(processExitsWith: .success) {
            let seen = Locked<[String]>([])
            let proxy = try await LoopbackServer(host: "127.0.0.2") { request in
                let body = String(decoding: request.body?.data ?? Data(), as: UTF8.self)
                let fields = request.headers.fields.map { "\($0.name): \($0.value)" }
                seen.withLock { $0.append("\(request.method) \(request.url) \(fields) \(body)") }
                return WireResponse(status: 502)
            }
            let server = try await LoopbackServer { _ in .tokens("access-1") }
            for name in ["http_proxy", "https_proxy", "ALL_PROXY"] { unsafe setenv(name, proxy.url.absoluteString, 1) }
            let rootOfTLS = URL(string: "https://provider.example")!
            for root in [server.url, rootOfTLS] {
                let session = TokenSession(
                    dialect: .revenueMonster(.custom(root)),
                    credentials: ClientCredentials(id: "client", secret: "secret-canary")
                )
                let request = URLRequest(url: root.appending(path: "v3/orders"))
                let code = Grant.authorizationCode("code-canary", redirectURI: nil, codeVerifier: nil)
                if root == rootOfTLS {
                    await #expect(throws: TokenError.self) { try await session.data(for: request) }
                    await #expect(throws: TokenError.self) { try await session.signIn(with: code) }
                } else {
                    // Loopback is never reached through a proxy.
                    _ = try await session.data(for: request)
                    try await session.signIn(with: code)
                    #expect(proxy.facts.accepted == 0)
                }
            }
            // The https provider was asked for by name alone; everything else would have gone through TLS.
            let basic = Data("client:secret-canary".utf8).base64EncodedString()
            for text in seen.withLock({ $0 }) {
                for secret in ["canary", basic, "Authorization", "grantType"] { #expect(!text.contains(secret)) }
            }
            #expect(proxy.facts.accepted > 0, "the proxy was there")
            #expect(server.facts.accepted > 0)
        }
    }
    #endif
}
