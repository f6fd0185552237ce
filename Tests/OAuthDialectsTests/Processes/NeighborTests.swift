import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What a session that backs off makes of tokens that another one stores.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct NeighborTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    @Test func `A process that obeys a Retry-After of 600 s gets the token that another one stores`() async throws {
        let (provider, other) = try await expired()
        let late = try provider.session("ann")
        provider.sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(600)), at: .tokenEndpoints)
        let failure = await Self.failure(of: late)
        #expect(failure?.retryAt.map { $0.timeIntervalSinceNow > 500 } == true, "\(String(describing: failure))")
        // The first look finds nothing; the next one is a second later.
        #expect(await Self.failure(of: late)?.code == .unavailable)
        provider.sandbox.recover()
        try await other.signIn(with: provider.sandbox.issueCode())
        try await expectNews(of: other, at: late, provider)
    }

    @Test func `A process that was told to sign in gets the token of a sign-in elsewhere`() async throws {
        let provider = try await SharedProvider(folder.store)
        let (one, other) = (try provider.session("ann"), try provider.session("ann"))
        #expect(await Self.failure(of: one)?.code == .signInRequired)
        try await other.signIn(with: provider.sandbox.issueCode())
        try await expectNews(of: other, at: one, provider)
    }

    @Test func `A process whose refresh token was refused gets the token of a sign-in elsewhere`() async throws {
        let (provider, other) = try await expired()
        let one = try provider.session("ann")
        provider.sandbox.revokeRefreshTokens()
        #expect(await Self.failure(of: one)?.code == .signInRequired)
        try await other.signIn(with: provider.sandbox.issueCode())
        try await expectNews(of: other, at: one, provider)
    }

    /// A provider, and a session with a record whose token expired long ago.
    private func expired() async throws -> (SharedProvider, TokenSession) {
        let provider = try await SharedProvider(folder.store)
        let session = try provider.session("ann")
        try await session.signIn(with: provider.sandbox.issueCode())
        let store = FileTokenStore(directory: folder.store)
        let key = session.key(for: provider.sandbox.credentials)
        var record = try #require(try await store.record(for: key))
        record.generation += 1
        record.requestedAt -= 3600 + (record.lifetime ?? .zero) / .seconds(1)
        try await store.update(key) { [record] in try await $0.save(record) }
        return (provider, try provider.session("ann"))
    }

    /// Asks until there is a token, and expects it within a second of the first look.
    private func expectNews(of other: TokenSession, at session: TokenSession, _ provider: SharedProvider) async throws {
        let requests = provider.sandbox.counters.tokenRequests
        let start = ContinuousClock.now
        var token: AccessToken?
        while token == nil {
            token = try? await session.accessToken()
            await Task.yield()
        }
        let waited = ContinuousClock.now - start
        #expect(token == other.currentAccessToken)
        #expect(provider.sandbox.counters.tokenRequests == requests)
        // A second, and what a busy machine takes; the look after that comes after 3 s.
        #expect(waited < .milliseconds(2500))
        print("a token of another session was found after \(waited)")
    }

    private static func failure(of session: TokenSession) async -> TokenError? {
        do {
            _ = try await session.accessToken()
            return nil
        } catch { return error as? TokenError }
    }
}
