import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

/// Two providers in memory, under one clock.
struct Registry {
    let clock = TestClock()
    let tiki: ProviderSandbox
    let weTix: ProviderSandbox
    let providers: Providers
    let events: EventList

    init(accounts: [Account] = [], identity: Identity = .client()) throws {
        let events = EventList()
        tiki = ProviderSandbox(.tiki, clock: clock)
        weTix = ProviderSandbox(.weTix, clock: clock)
        self.events = events
        let settings = [
            ProviderSettings(
                "tiki",
                dialect: tiki.dialect(),
                credentials: tiki.credentials,
                identity: identity,
                accounts: accounts,
                accountScopes: ["offline"],
                transport: tiki
            ),
            ProviderSettings("tickets", dialect: weTix.dialect(), credentials: weTix.credentials, transport: weTix),
        ]
        providers = try Providers(settings, clock: clock) { events.add($0, $1) }
    }

    /// Signs an account in at Tiki.
    func signIn(_ account: Account) async throws {
        let session = try providers.session("tiki", account: account)
        try await session.signIn(with: tiki.issueCode(scopes: ["offline"]))
    }
}

/// The events of a registry, with the names of their providers.
final class EventList: Sendable {
    private let list = Locked<[(provider: String, event: SessionEvent)]>([])

    var all: [(provider: String, event: SessionEvent)] { list.withLock { $0 } }

    func add(_ provider: String, _ event: SessionEvent) { list.withLock { $0.append((provider, event)) } }
}

/// Waits until something is so; the test's time limit is the net.
func eventually(_ isSo: () throws -> Bool) async rethrows {
    while try !isSo(), !Task.isCancelled { await Task.yield() }
}

@Suite(.timeLimit(.minutes(5)))
struct ProvidersTests {
    @Test func `A provider has one session, by its name`() async throws {
        let registry = try Registry()
        #expect(registry.providers.names == ["tiki", "tickets"])
        let session = try registry.providers["tiki"]
        #expect(try session === registry.providers["tiki"])
        #expect(try session !== registry.providers["tickets"])
        _ = try await session.accessToken()
        #expect(registry.tiki.counters.tokenRequests == 1)
        #expect(registry.weTix.counters.tokenRequests == 0)
    }

    @Test func `An unknown name names the known ones`() throws {
        let registry = try Registry()
        let error = try #require(Configurations.mistake { try registry.providers["wetix"] })
        #expect("\(error)" == "Provider wetix: there is no such provider. Allowed: tiki, tickets.")
        let account = try Account("ann")
        #expect(Configurations.mistake { try registry.providers.session("x", account: account) }?.provider == "x")
    }

    @Test func `An account has one session, and two accounts have two`() async throws {
        let registry = try Registry()
        let (ann, ben) = (try Account("ann"), try Account("ben"))
        try await registry.signIn(ann)
        try await registry.signIn(ben)
        let providers = registry.providers
        let session = try providers.session("tiki", account: ann)
        #expect(try session === providers.session("tiki", account: Account("ann", isPersonal: true)))
        #expect(try session !== providers.session("tiki", account: ben))
        #expect(try session !== providers.session("tickets", account: ann))
        let tokens = [session.currentAccessToken, try providers.session("tiki", account: ben).currentAccessToken]
        #expect(tokens[0] != nil)
        #expect(tokens[0] != tokens[1])
        #expect(session.currentAccessToken?.scopes == ["offline"])
    }

    @Test func `A provider's own session is that of its account`() throws {
        let ann = try Account("ann")
        let same = try Registry(identity: .user(ann, scopes: ["offline"])).providers
        #expect(try same["tiki"] === same.session("tiki", account: ann))
        let other = try Registry(identity: .user(ann, scopes: ["other"])).providers
        #expect(try other["tiki"] !== other.session("tiki", account: ann))
    }

    @Test func `One run keeps the sessions of providers and of accounts fresh`() async throws {
        let registry = try Registry()
        let ann = try Account("ann")
        try await registry.signIn(ann)
        let session = try registry.providers.session("tiki", account: ann)
        let first = try #require(session.currentAccessToken)
        let running = Task { await registry.providers.run() }
        try await eventually {
            try registry.providers["tiki"].currentAccessToken != nil
                && registry.providers["tickets"].currentAccessToken != nil
        }
        let end = try #require(first.expiresAt)
        // One step before its end: the session's own upkeep renews it, and nobody asks.
        registry.clock.advance(by: .seconds(end.timeIntervalSince(registry.clock.date) - 600))
        await eventually { session.currentAccessToken.map { $0 != first } ?? false }
        running.cancel()
        await running.value
        await registry.providers.shutDown()
        #expect(registry.tiki.counters.tokenRequests(of: "refresh_token") == 1)
    }

    @Test func `Shutting down waits until a running renewal's tokens are stored`() async throws {
        let registry = try Registry()
        registry.weTix.holdAnswers()
        let session = try registry.providers["tickets"]
        let caller = Task { try await session.accessToken() }
        try await registry.weTix.counters { $0.tokenRequests == 1 }
        let down = Task { await registry.providers.shutDown() }
        registry.weTix.releaseAnswers()
        await down.value
        #expect(session.currentAccessToken != nil)
        #expect(!session.status.isUnsaved)
        _ = try await caller.value
    }

    @Test func `A provider's own store and policy come before those of all`() async throws {
        let (own, shared) = (InMemoryTokenStore(), InMemoryTokenStore())
        let sandbox = ProviderSandbox(.tiki)
        var settings = ProviderSettings("tiki", dialect: sandbox.dialect(), credentials: sandbox.credentials)
        settings.store = own
        let providers = try Providers([settings], store: shared, transport: sandbox, clock: sandbox.clock)
        _ = try await providers["tiki"].accessToken()
        let key = SessionKey(dialect: sandbox.dialect(), client: sandbox.credentials.id, identity: .client())
        #expect(own.record(for: key) != nil)
        #expect(shared.record(for: key) == nil)
    }

    @Test func `Credentials and a signer of any type reach the sessions of accounts`() async throws {
        struct Vault: CredentialsSource {
            let client: ClientCredentials
            func credentials() async throws -> ClientCredentials { client }
        }
        struct Marking: RequestSigner {
            func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
                var request = request
                request.headers["X-Signature"] = "signed"
                return request
            }
        }
        let sandbox = ProviderSandbox(.tiki)
        sandbox.stub("GET", "/orders") { .json(200, #"{"signature":"\#($0.headers["X-Signature"] ?? "")"}"#) }
        let settings = ProviderSettings(
            "tiki",
            dialect: sandbox.dialect(),
            credentials: Vault(client: sandbox.credentials),
            accountScopes: ["offline"],
            signer: Marking()
        )
        let providers = try Providers([settings], transport: sandbox, clock: sandbox.clock)
        let session = try providers.session("tiki", account: Account("ann"))
        try await session.signIn(with: sandbox.issueCode(scopes: ["offline"]))
        let answer = try await session.json([String: String].self, from: sandbox.url("/orders"))
        #expect(answer == ["signature": "signed"])
    }
}
