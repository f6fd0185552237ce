import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StoreTests {
    @Test func `A new token is in the store before any caller sees it`() async throws {
        let store = SlowStore()
        let rig = Rig(store: store)
        let caller = Task { try await rig.token }
        await store.saving.reaches(1)
        #expect(rig.session.currentAccessToken == nil)
        #expect(rig.session.status.waitingCallers == 1)
        store.gate.open()
        #expect(try await caller.value == "access-1")
    }

    @Test func `A store that fails is reported, and the token is served from memory and saved later`() async throws {
        let store = FailingStore()
        let rig = Rig(store: store)
        #expect(try await rig.token == "access-1")
        #expect(rig.log.count(of: .storeFailed) == 1)
        #expect(rig.session.status.isUnsaved)
        store.mend()
        await rig.clock.drain(until: { !rig.session.status.isUnsaved }, by: .seconds(1))
        let another = Rig(clock: rig.clock, provider: rig.provider, store: store)
        #expect(try await another.token == "access-1")
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `A restart goes on with the stored token`() async throws {
        let first = Rig()
        _ = try await first.token
        first.clock.advance(by: .seconds(1000))
        let second = Rig(clock: first.clock, provider: first.provider, store: first.store)
        #expect(try await second.token == "access-1")
        #expect(first.provider.calls.count == 1)
        #expect(second.log.count(of: .tokenAdopted) == 1)
    }

    @Test func `Two sets of extra fields are two keys, however they are spelled`() {
        let sets = [[WireField("a=b", "c")], [WireField("a", "b=c")], [WireField("a", "b"), WireField("c", "")], []]
        let keys = sets.map { fields in
            let dialect = StandardDialect(
                name: "acme",
                tokenEndpoint: .acme,
                apiHosts: [],
                conventions: WireConventions {
                    $0.request.added = fields
                }
            )
            return SessionKey(dialect: dialect, client: "client", identity: .client())
        }
        #expect(Set(keys).count == sets.count)
    }

    @Test(arguments: [1e300, -1e300, 0, .infinity, .nan])
    func `A record with dates and numbers that can't be is no crash`(_ seconds: Double) async throws {
        let rig = Rig()
        let key = rig.session.key(for: ClientCredentials(id: "client", secret: "s3cret"))
        let stored = TokenRecord(
            generation: .max,
            id: "0",
            accessToken: "stored",
            requestedAt: Date(timeIntervalSince1970: seconds),
            lifetime: .seconds(Int64.max) * 3,
            refreshToken: try RefreshToken("refresh"),
            refreshTokenEndsAt: Date(timeIntervalSince1970: seconds)
        )
        try await rig.store.update(key) { try await $0.save(stored) }
        _ = try await rig.token
        #expect(try await rig.session.renew().value.revealed.hasPrefix("access-"))
        try await rig.session.signOut()
    }

    @Test func `Lifetimes that can't be are bounded, whoever reads them`() async throws {
        for lifetime in [Duration.seconds(Int64.max) * 3, .seconds(Int64.min), .zero] {
            let dialect = WeTixDialect(.sandbox).overriding {
                $0.tokens = { _, _, _ in
                    let token = try RefreshToken("r")
                    return try TokenSet(
                        accessToken: "t",
                        lifetime: lifetime,
                        refreshToken: token,
                        refreshTokenLifetime: lifetime
                    )
                }
            }
            #expect(try await Rig(dialect: dialect).token == "t")
        }
    }

    @Test func `A token that works is kept where a newer record's is over by the clock here`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .seconds(3400))
        let key = rig.session.key(for: ClientCredentials(id: "client", secret: "s3cret"))
        let stored = TokenRecord(
            generation: 2,
            id: "0",
            accessToken: "from-yesterday",
            requestedAt: rig.clock.date.addingTimeInterval(-86400),
            lifetime: .seconds(3600),
            refreshToken: try RefreshToken("refresh-of-another")
        )
        try await rig.store.update(key) { try await $0.save(stored) }
        rig.provider.answer { _ in .json(503, "") }
        #expect(try await rig.token == "access-1")
        await rig.clock.drain(until: { !rig.session.status.isRenewing })
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
        #expect(rig.provider.calls[1].refreshToken == "refresh-of-another")
    }

    @Test func `A restart after the token's end refreshes with the stored refresh token`() async throws {
        let first = Rig()
        _ = try await first.token
        first.clock.advance(by: .hours(3))
        let second = Rig(clock: first.clock, provider: first.provider, store: first.store)
        #expect(try await second.token == "access-2")
        #expect(first.provider.calls[1].refreshToken == "refresh-1")
    }

    @Test func `A stored token has what is left of its life, and no more`() async throws {
        let first = Rig()
        _ = try await first.token
        first.clock.advance(by: .seconds(3000))
        let second = Rig(clock: first.clock, provider: first.provider, store: first.store)
        _ = try await second.token
        first.clock.advance(by: .seconds(596))
        #expect(second.session.currentAccessToken == nil)
    }

    @Test func `A record from the future is no reason to renew`() async throws {
        let first = Rig()
        _ = try await first.token
        first.clock.moveDate(by: .seconds(-90))
        let second = Rig(clock: first.clock, provider: first.provider, store: first.store)
        #expect(try await second.token == "access-1")
        #expect(first.provider.calls.count == 1)
    }

    @Test func `A crash while a refresh was in the air leaves word that it may be spent`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let caller = Task { try await rig.token }
        await rig.provider.received(2)
        let record = await rig.record()
        #expect(record?.refreshStanding == .sent)

        // Another process finds the record as the crash left it: it authenticates and never presents that refresh token.
        let copy = InMemoryTokenStore()
        try await copy.update(rig.key) { try await $0.save(record!) }
        let after = Rig(clock: rig.clock, store: copy)
        #expect(try await after.token == "access-1")
        #expect(after.provider.grantTypes == ["client_credentials"])
        gate.open()
        _ = try await caller.value
    }

    @Test func `Without the store's lock a client authenticates, and no refresh token leaves`() async throws {
        let store = InMemoryTokenStore()
        let rig = Rig(store: store)
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        let gate = Latch()
        let entered = Latch()
        let holder = Task {
            try await store.update(rig.key) { _ in
                entered.open()
                await gate.passes()
            }
        }
        await entered.passes()
        #expect(try await rig.outcome().get().value.revealed == "access-2")
        #expect(rig.provider.grantTypes == ["client_credentials", "client_credentials"])
        #expect(rig.log.count(of: .storeBusy) == 1)
        gate.open()
        _ = try await holder.value
    }

    @Test func `Refresh tokens are kept out of the store where the policy says so, and used all the same`() async throws
    {
        var policy = RenewalPolicy.standard
        policy.refreshTokens = .useInMemoryOnly
        let rig = Rig(policy: policy)
        for _ in 0..<3 {
            _ = try await rig.token
            #expect(await rig.record()?.refreshToken == nil)
            rig.clock.advance(by: .hours(2))
        }
        #expect(rig.provider.grantTypes == ["client_credentials", "refresh_token", "refresh_token"])
    }

    @Test func `Accounts, environments and clients have keys of their own`() throws {
        let keys = try [
            key(.weTix(.sandbox), "a", .client()), key(.weTix(.production), "a", .client()),
            key(.revenueMonster(.sandbox), "a", .client()), key(.weTix(.sandbox), "b", .client()),
            key(.weTix(.sandbox), "a", .client(scopes: ["x"])), key(.weTix(.sandbox), "a", .user(Account("ann"))),
            key(.weTix(.sandbox), "a", .user(Account("bob"))), key(.weTix(.sandbox), "a", .user(Account("bob&scope="))),
            key(.weTix(.sandbox), "a", .assertion(named: "ann") { _ in .clientCredentials() }),
        ]
        #expect(Set(keys).count == keys.count)
        #expect(keys.allSatisfy { $0.identifier.allSatisfy(\.isASCII) && !$0.identifier.contains("hush") })
    }

    @Test func `Two spellings of a name in Unicode are two keys, and the order of scopes makes none`() throws {
        let composed = try key(.weTix(.sandbox), "a", .user(Account("caf\u{E9}")))
        let decomposed = try key(.weTix(.sandbox), "a", .user(Account("cafe\u{301}")))
        #expect(composed != decomposed)
        #expect(key(.weTix(.sandbox), "caf\u{E9}", .client()) != key(.weTix(.sandbox), "cafe\u{301}", .client()))
        let scopes = [["x", "y"], ["y", "x"], ["y", "x", "y"]].map { key(.weTix(.sandbox), "a", .client(scopes: $0)) }
        #expect(Set(scopes).count == 1)
    }

    @Test func `Two accounts of one client never meet`() async throws {
        let store = InMemoryTokenStore()
        let provider = StubProvider()
        let ann = Rig(identity: .user(try Account("ann")), provider: provider, store: store)
        let bob = Rig(identity: .user(try Account("bob")), provider: provider, store: store)
        try await ann.session.signIn(with: .authorizationCode("a", redirectURI: nil, codeVerifier: nil))
        #expect(await bob.failure()?.code == .signInRequired)
        try await bob.session.signIn(with: .authorizationCode("b", redirectURI: nil, codeVerifier: nil))
        #expect(try await ann.token == "access-1")
        #expect(try await bob.token == "access-2")
    }

    private func key(_ dialect: any ProviderDialect, _ id: String, _ identity: Identity) -> SessionKey {
        let client = ClientCredentials(id: id, secret: "hush")
        let session = TokenSession(dialect: dialect, credentials: client, identity: identity)
        #expect(session.key(for: client) == SessionKey(dialect: dialect, client: id, identity: identity))
        return session.key(for: client)
    }
}

extension Rig {
    var key: SessionKey { session.key(for: ClientCredentials(id: "client", secret: "s3cret")) }

    func record() async -> TokenRecord? { try? await store.record(for: key) }
}

/// A store whose saves wait until they may go on.
final class SlowStore: TokenStore {
    let saving = Counter()
    let gate = Latch()
    private let base = InMemoryTokenStore()

    func record(for key: SessionKey) async throws -> TokenRecord? { base.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { [saving, gate] update in
            try await body(
                StoreUpdate(record: update.record) { record in
                    saving.increment()
                    await gate.passes()
                    try await update.save(record)
                }
            )
        }
    }
}

/// A store that can't save until it is mended.
final class FailingStore: TokenStore {
    private let isMended = Locked(false)
    private let base = InMemoryTokenStore()

    func mend() { isMended.withLock { $0 = true } }

    func record(for key: SessionKey) async throws -> TokenRecord? { base.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        try await base.update(key) { [isMended] update in
            try await body(
                StoreUpdate(record: update.record) { record in
                    guard isMended.withLock({ $0 }) else { throw CocoaError(.fileWriteOutOfSpace) }
                    try await update.save(record)
                }
            )
        }
    }
}
