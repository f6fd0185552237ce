import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

// The code of MovingFromHandWrittenTokenCode.md, word for word, and tests of what the article says about it.

private actor TokenCache {
    struct Answer: Sendable {
        let accessToken: String
        let refreshToken: String?
        let expiresIn: Int
    }

    private let refresh: @Sendable (String) async throws -> Answer
    private let save: @Sendable (String?) -> Void
    private var accessToken: String?
    private var refreshToken: String?
    private var expiry = Date.distantPast

    init(
        _ refreshToken: String,
        refresh: @escaping @Sendable (String) async throws -> Answer,
        save: @escaping @Sendable (String?) -> Void
    ) {
        self.refreshToken = refreshToken
        self.refresh = refresh
        self.save = save
    }

    func validToken() async throws -> String {
        if let accessToken, expiry > .now { return accessToken }
        let answer = try await refresh(refreshToken ?? "")
        accessToken = answer.accessToken
        expiry = .now + TimeInterval(answer.expiresIn)
        refreshToken = answer.refreshToken ?? refreshToken
        save(refreshToken)
        return answer.accessToken
    }

    func rejected() { accessToken = nil }

    func signOut() {
        (accessToken, refreshToken) = (nil, nil)
        save(nil)
    }
}

private struct SessionTokens: Sendable {
    let session: TokenSession

    func validToken() async throws -> String {
        try await session.accessToken().value.revealed
    }

    func rejected() async {
        guard let token = session.currentAccessToken else { return }
        session.invalidate(token)
    }

    func signOut() async {
        _ = try? await session.signOut(revoking: true)
    }
}

private func moveIn(
    _ session: TokenSession,
    kept: String?,
    forget: () async throws -> Void
) async throws {
    do {
        _ = try await session.accessToken()
    } catch let error as TokenError where error.code == .signInRequired {
        guard let kept else { throw error }
        let refreshToken = try RefreshToken(kept)
        try await session.signIn(with: .refreshToken(refreshToken))
    }
    if !session.status.isUnsaved { try await forget() }
}

@Test func oneTokenRequestForAll() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    let tokens = SessionTokens(session: sandbox.session())
    try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 1...100 {
            group.addTask { try await tokens.validToken() }
        }
        try await group.waitForAll()
    }
    #expect(sandbox.counters.tokenRequests == 1)
}

@Test func `The old interface has a rejected token renewed, and signs out`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    let tokens = SessionTokens(session: sandbox.session())
    let first = try await tokens.validToken()
    sandbox.revokeAccessTokens()
    await tokens.rejected()
    let second = try await tokens.validToken()
    #expect(second != first)
    await tokens.signOut()
    let error = await #expect(throws: TokenError.self) { try await tokens.validToken() }
    #expect(error?.code == .signedOut)
}

@Test(.timeLimit(.minutes(1))) func `Ten callers of the hand-written cache send ten refreshes`() async throws {
    let (callers, arrived) = AsyncStream.makeStream(of: Void.self)
    let (openings, opened) = AsyncStream.makeStream(of: Void.self)
    let gate = Task { for await _ in openings {} }
    let answers = Locked(0)
    let cache = TokenCache("old") { _ in
        arrived.yield()
        await gate.value
        let number = answers.withLock { answers in
            answers += 1
            return answers
        }
        return .init(accessToken: "token-\(number)", refreshToken: "next", expiresIn: 60)
    } save: { _ in
    }
    try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 1...10 { group.addTask { try await cache.validToken() } }
        var iterator = callers.makeAsyncIterator()
        for _ in 1...10 { await iterator.next() }
        opened.finish()
        try await group.waitForAll()
    }
    #expect(answers.withLock { $0 } == 10)
}

@Test func `A refresh on its way signs a user of the hand-written cache in again`() async throws {
    let holder = Locked<TokenCache?>(nil)
    let saved = Locked<[String?]>([])
    let cache = TokenCache("old") { _ in
        await holder.withLock { $0 }?.signOut()
        return .init(accessToken: "token", refreshToken: "next", expiresIn: 60)
    } save: { token in
        saved.withLock { $0.append(token) }
    }
    holder.withLock { $0 = cache }
    _ = try await cache.validToken()
    holder.withLock { $0 = nil }
    #expect(saved.withLock { $0 } == [nil, "next"])
}

@Test func `A refresh token that other code kept moves in once`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    let dialect = sandbox.dialect()
    let exchange = TokenExchange(grant: sandbox.issueCode(), credentials: sandbox.credentials, date: sandbox.clock.date)
    let answer = sandbox.respond(to: try dialect.request(for: exchange))
    let kept = try #require(try dialect.tokens(in: answer, for: exchange).refreshToken).value.revealed
    let merchant = Identity.user(try Account("merchant-42"))
    let store = InMemoryTokenStore()
    var forgotten = 0
    for _ in 1...2 {
        let session = sandbox.session(identity: merchant, store: store)
        try await moveIn(session, kept: forgotten == 0 ? kept : nil) { forgotten += 1 }
        #expect(session.status.standing == .working)
    }
    #expect(forgotten == 2)
    #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 1)
    let stranger = sandbox.session(identity: .user(try Account("merchant-43")))
    await #expect(throws: TokenError.self) { try await moveIn(stranger, kept: kept) {} }
}
