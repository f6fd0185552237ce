import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SessionPoolTests {
    private let client = ClientCredentials(id: "client", secret: "s3cret")
    private let provider = StubProvider()
    private let clock = TestClock()

    private func pool(
        capacity: Int = 10_000,
        concurrency: Int = 16,
        policy: RenewalPolicy = .standard,
        store: any TokenStore = InMemoryTokenStore()
    ) -> SessionPool {
        SessionPool(
            store: store,
            transport: provider,
            policy: policy,
            clock: clock,
            capacity: capacity,
            concurrency: concurrency
        )
    }

    private func user(_ name: String) throws -> Identity { .user(try Account(name)) }

    @Test func `Whoever asks for the same gets the same session, also at once`() async throws {
        let pool = pool()
        let sessions = await withTaskGroup(of: TokenSession.self) { group in
            for _ in 0..<200 {
                group.addTask { pool.session(dialect: .weTix(.sandbox), credentials: client) }
            }
            return await group.reduce(into: Set()) { $0.insert(ObjectIdentifier($1)) }
        }
        #expect(sessions.count == 1)
        #expect(pool.count == 1)
    }

    @Test func `Another dialect, server, client, secret, account, scope or grant is another session`() throws {
        let pool = pool()
        let grant: Identity.AssertionGrant = { _ in .clientCredentials() }
        let sessions = try [
            pool.session(dialect: .weTix(.sandbox), credentials: client),
            pool.session(dialect: .revenueMonster(.sandbox), credentials: client),
            pool.session(dialect: .revenueMonster(.production), credentials: client),
            pool.session(dialect: .weTix(.sandbox), credentials: ClientCredentials(id: "other", secret: "s3cret")),
            pool.session(dialect: .weTix(.sandbox), credentials: ClientCredentials(id: "client", secret: "rotated")),
            pool.session(dialect: .weTix(.sandbox), credentials: NamedSource(name: "one")),
            pool.session(dialect: .weTix(.sandbox), credentials: NamedSource(name: "two")),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: user("ann")),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: user("bob")),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .client(scopes: ["a"])),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .assertion(named: "one", grant)),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .assertion(named: "two", grant)),
        ]
        #expect(Set(sessions.map(ObjectIdentifier.init)).count == sessions.count)
        let again = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .client(scopes: ["a"]))
        #expect(sessions.contains { $0 === again })
        #expect(pool.session(dialect: .weTix(.sandbox), credentials: NamedSource(name: "two")) === sessions[6])
    }

    @Test func `Another signer, API origin, secret field, or spelling of an account is another session`() throws {
        let pool = pool()
        let field = { (value: Secret) in
            StandardDialect(
                name: "acme",
                tokenEndpoint: .acme,
                apiHosts: [],
                conventions: WireConventions {
                    $0.request.added = [WireField("field", secret: value)]
                }
            )
        }
        let wider = WeTixDialect.weTix(.sandbox).overriding { $0.apiOrigins = APIOrigins(["other.example"]) }
        let sessions = try [
            pool.session(dialect: .weTix(.sandbox), credentials: client),
            pool.session(dialect: .weTix(.sandbox), credentials: client, signer: KeySigner(key: "one")),
            pool.session(dialect: .weTix(.sandbox), credentials: client, signer: KeySigner(key: "two")),
            pool.session(dialect: wider, credentials: client),
            pool.session(dialect: wider, credentials: client, signer: KeySigner(key: "one")),
            pool.session(dialect: field("one"), credentials: client),
            pool.session(dialect: field("two"), credentials: client),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: user("caf\u{E9}")),
            pool.session(dialect: .weTix(.sandbox), credentials: client, identity: user("cafe\u{301}")),
        ]
        #expect(Set(sessions.map(ObjectIdentifier.init)).count == sessions.count)
        let keys = sessions.map { $0.key(for: client) }
        #expect(Set(keys[..<5]).count == 1)
        #expect(keys[5] != keys[6])
        #expect(keys[7] != keys[8])
        let again = pool.session(dialect: .weTix(.sandbox), credentials: client, signer: KeySigner(key: "two"))
        #expect(again === sessions[2])
        #expect((again.signer as? KeySigner)?.key == "two")
    }

    @Test func `Two accounts of one client never share a token`() async throws {
        let pool = pool()
        for name in ["ann", "bob"] {
            let session = pool.session(dialect: .tiki(.production), credentials: client, identity: try user(name))
            try await session.signIn(with: .authorizationCode(Secret(name), redirectURI: nil, codeVerifier: nil))
        }
        let tokens = try ["ann", "bob"].map { name in
            let session = pool.session(dialect: .tiki(.production), credentials: client, identity: try user(name))
            return session.currentAccessToken?.value.revealed
        }
        #expect(tokens == ["access-1", "access-2"])
    }

    @Test(arguments: [1, 2, 10, 101])
    func `A pool holds as many sessions as it says, and tells of each that it lets go`(_ capacity: Int) throws {
        let told = Locked<[(String, SessionEvent)]>([])
        let pool = SessionPool(transport: provider, clock: clock, capacity: capacity) { identity, event in
            let key = SessionKey(dialect: .weTix(.sandbox), client: "client", identity: identity)
            told.withLock { $0.append((key.identifier, event)) }
        }
        for number in 0..<capacity {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("\(number)"))
            #expect(pool.count == number + 1)
        }
        #expect(told.withLock(\.isEmpty))
        for number in 0..<(2 * capacity) {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("new \(number)"))
            #expect(pool.count == capacity)
        }
        let events = told.withLock(\.self)
        #expect(events.count == 2 * capacity)
        #expect(Set(events.map(\.0)).count == 2 * capacity)
        #expect(events.allSatisfy { "\($0.1.name)" == "pool.session_evicted" })
        #expect(events.allSatisfy { $0.1.metadata["capacity"] == "\(capacity)" })
    }

    @Test func `Sessions nobody asks for are let go, and what they knew is in the store`() async throws {
        let pool = pool(capacity: 10)
        _ = try await pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .client()).accessToken()
        weak let first = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: .client())
        await eventually { first?.isDisposable ?? true }
        for number in 0..<50 {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("\(number)"))
            #expect(pool.count <= 10)
        }
        #expect(first == nil)
        let again = pool.session(dialect: .weTix(.sandbox), credentials: client)
        #expect(try await again.accessToken().value.revealed == "access-1")
        #expect(provider.calls.count == 1)
    }

    @Test func `A session that somebody holds is handed out again, and one that is asked for often stays`() throws {
        let pool = pool(capacity: 10)
        let held = pool.session(dialect: .weTix(.sandbox), credentials: client)
        weak let wanted = pool.session(dialect: .tiki(.production), credentials: client)
        for number in 0..<50 {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("\(number)"))
            _ = pool.session(dialect: .tiki(.production), credentials: client)
        }
        #expect(wanted != nil)
        #expect(pool.session(dialect: .weTix(.sandbox), credentials: client) === held)
    }

    @Test func `A session whose tokens are nowhere else is not let go`() async throws {
        var policy = RenewalPolicy.standard
        policy.refreshTokens = .useInMemoryOnly
        let pool = pool(capacity: 4, policy: policy)
        do {
            let session = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("ann"))
            try await session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        }
        for number in 0..<20 {
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("\(number)"))
        }
        clock.advance(by: .hours(2))
        let session = pool.session(dialect: .weTix(.sandbox), credentials: client, identity: try user("ann"))
        #expect(try await session.accessToken().value.revealed == "access-2")
        #expect(provider.calls[1].refreshToken == "refresh-1")
    }

    @Test func `A pool that is let go takes its sessions along`() async throws {
        var pool: SessionPool? = pool()
        weak let session = try #require(pool).session(dialect: .weTix(.sandbox), credentials: client)
        _ = try await session?.accessToken()
        pool = nil
        await eventually { session == nil }
        #expect(session == nil)
    }

    @Test func `Shutting down waits until what is in the air is stored`() async throws {
        let store = InMemoryTokenStore()
        let pool = pool(store: store)
        let latch = Latch()
        provider.answer { _ in
            await latch.passes()
            return .tokens("late", refresh: "rotated")
        }
        let session = pool.session(dialect: .weTix(.sandbox), credentials: client)
        let caller = Task { try await session.accessToken() }
        await provider.received(1)
        let end = Task {
            await pool.shutDown()
            return store.record(for: session.key(for: client))?.accessToken?.revealed
        }
        latch.open()
        #expect(await end.value == "late")
        #expect(pool.count == 0)
        #expect(try await caller.value.value.revealed == "late")
    }
}

/// A source that is not a value of the SDK.
private struct NamedSource: CredentialsSource, Hashable {
    let name: String

    func credentials() async throws -> ClientCredentials { ClientCredentials(id: name, secret: "s3cret") }
}

private struct KeySigner: RequestSigner, Hashable {
    let key: String

    func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest { request }
}
