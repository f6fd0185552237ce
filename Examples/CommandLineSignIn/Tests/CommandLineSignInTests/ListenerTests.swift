import Foundation
import LoopbackSignIn
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The way back, and those who try it uninvited.
@Suite(.timeLimit(.minutes(5)))
struct ListenerTests {
    /// Somebody who fetches pages as a browser would, and follows nothing.
    private func get(_ url: String, host: String? = nil) async throws -> (status: Int, page: String) {
        var request = URLRequest(url: try #require(URL(string: url)))
        if let host { request.setValue(host, forHTTPHeaderField: "Host") }
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
    }

    private func parameter(_ name: String, of url: URL) throws -> String {
        let items = URLComponents(url: url, resolvingAgainstBaseURL: true)?.queryItems
        return try #require(items?.first { $0.name == name }?.value)
    }

    private func session(with sandbox: ProviderSandbox) throws -> TokenSession {
        sandbox.session(identity: .user(try Account("me"), scopes: ["orders"]))
    }

    @Test func `Only the browser that was sent away ends the wait`() async throws {
        let sandbox = ProviderSandbox(.tiki, clock: .system)
        let session = try session(with: sandbox)
        try await LoopbackSignIn(session, path: "/callback/tiki").run { url in
            let back = try self.parameter("redirect_uri", of: url)
            let callback = try sandbox.signIn(at: url).absoluteString
            #expect(back.hasPrefix("http://127.0.0.1:"))
            for stray in ["\(back)?code=x&state=another", "\(back)?code=x", back, "\(callback)&state=again"] {
                #expect(try await self.get(stray).status == 400, "\(stray)")
            }
            #expect(try await self.get(callback, host: "rebound.example").status == 400)
            #expect(try await self.get(callback.replacing("/callback/tiki", with: "/elsewhere")).status == 404)
            let last = try await self.get(callback)
            #expect(last.status == 200)
            #expect(last.page.contains("You are signed in"))
        }
        #expect(session.status.standing == .working)
        #expect(sandbox.counters.tokenRequests == 1)
        #expect(sandbox.complaints == [])
    }

    @Test func `A callback that comes again finds nothing`() async throws {
        let sandbox = ProviderSandbox(.tiki, clock: .system)
        sandbox.failNext(.badGateway)
        let session = try session(with: sandbox)
        await #expect(throws: TokenError.self) {
            try await LoopbackSignIn(session, path: "/callback").run { url in
                let callback = try sandbox.signIn(at: url).absoluteString
                let pages = try await [self.get(callback), self.get(callback)]
                #expect(pages[0].page.contains("You are not signed in"))
                #expect(pages[1].page.contains("This page belongs to no sign-in"))
            }
        }
        #expect(sandbox.counters.tokenRequests == 1)
    }

    @Test func `A provider's words are shown as words`() async throws {
        let sandbox = ProviderSandbox(.tiki, clock: .system)
        let session = try session(with: sandbox)
        let error = await #expect(throws: TokenError.self) {
            try await LoopbackSignIn(session, path: "/callback").run { url in
                let back = try self.parameter("redirect_uri", of: url)
                let state = try self.parameter("state", of: url)
                let words = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
                let answer = try await self.get("\(back)?error=invalid_scope&error_description=\(words)&state=\(state)")
                #expect(answer.status == 400)
                #expect(answer.page.contains("&lt;script&gt;"))
                #expect(!answer.page.contains("<script>"))
                #expect(!answer.page.contains(state))
            }
        }
        #expect(error?.code == .refused)
    }

    @Test func `A port that is taken is said at once`() async throws {
        let holder = try await ProviderSandbox(.tiki, clock: .system).serve()
        let port = UInt16(try #require(holder.url.port))
        let session = try session(with: ProviderSandbox(.tiki, clock: .system))
        let error = await #expect(throws: TokenError.self) {
            try await LoopbackSignIn(session, path: "/callback", port: port).run { _ in }
        }
        #expect(error?.message == "127.0.0.1:\(port) can't be listened on.")
        await holder.stop()
    }

    @Test func `Whoever gives up frees the port`() async throws {
        let session = try session(with: ProviderSandbox(.tiki, clock: .system))
        let (shown, show) = AsyncStream.makeStream(of: URL.self)
        let task = Task { try await LoopbackSignIn(session, path: "/callback").run { show.yield($0) } }
        var urls = shown.makeAsyncIterator()
        let url = try #require(await urls.next())
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let port = try #require(URL(string: parameter("redirect_uri", of: url))?.port)
        let next = try await ProviderSandbox(.tiki, clock: .system).serve(port: port)
        await next.stop()
    }
}
