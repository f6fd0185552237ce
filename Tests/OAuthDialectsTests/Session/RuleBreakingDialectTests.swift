import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A dialect is code of a user's own: whatever it does, a session ends with a typed error after a bounded number of requests.
@Suite(.timeLimit(.minutes(5)))
struct RuleBreakingDialectTests {
    private struct Broken: Error {}

    private let sandbox = ProviderSandbox(.weTix)

    private func session(
        _ identity: Identity = .client(),
        _ change: (inout DialectOverrides) -> Void
    ) -> TokenSession {
        sandbox.stub("GET", "/shows", json: "[]")
        return sandbox.session(dialect: sandbox.dialect().overriding(change), identity: identity)
    }

    /// What asking for a token throws, with the clock moved as far as the session wants to wait.
    private func error(_ session: TokenSession) async -> TokenError? {
        let outcome = Locked<TokenError??>(nil)
        let asking = Task {
            do {
                _ = try await session.accessToken()
                outcome.withLock { $0 = .some(nil) }
            } catch {
                outcome.withLock { $0 = .some(error as? TokenError) }
            }
        }
        guard let clock = sandbox.clock as? TestClock else { return nil }
        await clock.drain { outcome.withLock { $0 != nil } }
        await asking.value
        return outcome.withLock { $0 ?? nil }
    }

    @Test func `One that throws where it should write a request sends nothing`() async {
        let session = session { $0.request = { _, _ in throw Broken() } }
        for _ in 0..<20 { #expect(await error(session) != nil) }
        #expect(sandbox.counters.tokenRequests == 0)
    }

    @Test func `One that throws where it should read an answer costs a bounded number of requests`() async {
        let session = session { $0.tokens = { _, _, _ in throw Broken() } }
        for _ in 0..<50 {
            let error = await error(session)
            #expect(error?.code == .unreadableAnswer || error?.code == .overBudget)
        }
        #expect((1...30).contains(sandbox.counters.tokenRequests))
    }

    @Test func `One that throws where it should put the token on a request sends no request`() async {
        let session = session { $0.authorize = { _, _, _ in throw Broken() } }
        for _ in 0..<20 {
            await #expect(throws: (any Error).self) {
                try await session.send(WireRequest("GET", sandbox.url("/shows")))
            }
        }
        #expect(sandbox.counters.resourceRequests == 0)
        #expect(sandbox.counters.tokenRequests <= 1)
    }

    @Test(arguments: ["https:/token", "https://", "token", "file:///token", "http://sandbox.example/token"])
    func `An endpoint without a host, or without TLS, is refused before anything is sent`(text: String) async {
        let session = session { $0.tokenEndpoint = { _, _ in URL(string: text) } }
        for _ in 0..<20 {
            let error = await error(session)
            #expect(error?.code == .insecureEndpoint, "\(text): \(error as Any)")
            #expect(error?.retryAt == nil)
        }
        #expect(sandbox.counters.tokenRequests == 0)
    }

    @Test func `One that always says to retry is retried within bounds`() async throws {
        let session = session {
            $0.refusal = { response, _ in Refusal(status: response.status) }
            $0.remedy = { _, _, _ in .retryLater }
        }
        for _ in 0..<30 {
            let error = await error(session)
            #expect(error?.isTransient == true, "\(error as Any)")
        }
        #expect((1...60).contains(sandbox.counters.tokenRequests))
    }

    @Test func `One that wants to be asked again at once, or in a thousand years, is asked within bounds`() async throws
    {
        for wish in [RetryAfter.delay(.zero), .delay(.seconds(Int64.max)), .date(.distantFuture), .date(.distantPast)] {
            let sandbox = ProviderSandbox(.weTix)
            let dialect = sandbox.dialect().overriding {
                $0.refusal = { response, _ in Refusal(status: response.status, retryAfter: wish) }
                $0.remedy = { _, _, _ in .retryLater }
            }
            let session = sandbox.session(dialect: dialect)
            let failed = Locked(0)
            let asking = Task {
                for _ in 0..<10 where (try? await session.accessToken()) == nil { failed.withLock { $0 += 1 } }
            }
            let clock = try #require(sandbox.clock as? TestClock)
            await clock.drain { failed.withLock { $0 } == 10 }
            await asking.value
            #expect(sandbox.counters.tokenRequests <= 30, "\(wish)")
        }
    }

    @Test(arguments: [Remedy.discardGrant, .fixConfiguration(hint: "")])
    func `One that refuses good answers is not asked for ever`(remedy: Remedy) async {
        let session = session {
            $0.refusal = { response, _ in Refusal(status: response.status) }
            $0.remedy = { _, _, _ in remedy }
        }
        for _ in 0..<50 {
            let error = await error(session)
            #expect(error != nil && error?.isTransient == false, "\(error as Any)")
        }
        #expect((1...30).contains(sandbox.counters.tokenRequests))
    }

    @Test func `One that calls every answer of the API a rejection does not renew for ever`() async throws {
        let session = session { $0.isTokenRejection = { _, _ in true } }
        for _ in 0..<50 { _ = try await session.send(WireRequest("GET", sandbox.url("/shows"))) }
        #expect(sandbox.counters.tokenRequests <= 10)
        #expect(sandbox.counters.resourceRequests <= 100)
    }

    @Test func `A person's code is sent once, whatever the dialect makes of the answer`() async throws {
        let session = session(.user(try Account("ann"))) {
            $0.refusal = { response, _ in Refusal(status: response.status) }
            $0.remedy = { _, _, _ in .retryLater }
        }
        let grant = sandbox.issueCode()
        let over = Locked(false)
        let signing = Task {
            await #expect(throws: TokenError.self) { try await session.signIn(with: grant) }
            over.withLock { $0 = true }
        }
        let clock = try #require(sandbox.clock as? TestClock)
        await clock.drain { over.withLock { $0 } }
        await signing.value
        #expect(sandbox.counters.tokenRequests(of: "authorization_code") == 1)
    }

    @Test func `Absurd tokens and names do no harm`() async throws {
        let session = session {
            $0.name = String(repeating: "ä\n&=", count: 1000)
            $0.tokens = { _, _, _ in
                try TokenSet(
                    accessToken: "abc",
                    lifetime: .seconds(Int64.max),
                    refreshToken: try RefreshToken("abc"),
                    refreshTokenLifetime: .seconds(Int64.min),
                    scopes: Array(repeating: "scope", count: 10_000)
                )
            }
        }
        #expect(try await session.accessToken().value == "abc")
        #expect(try await session.send(WireRequest("GET", sandbox.url("/shows"))).status == 401)
    }
}
