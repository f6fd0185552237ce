/// One session for each dialect, client, and identity, for servers that act for many merchants or users.
///
/// A lookup returns immediately, and returns the same session for the same arguments. Two accounts of a client never share a
/// session. When the pool is full, a new session evicts one that has not been asked for recently, and the event
/// ``SessionEvent/Name/sessionEvicted`` says so: ``run()`` no longer renews its token. Its tokens are in the store, and the next
/// lookup makes a new session that reads them there. All sessions share the pool's store, transport, policy, and clock.
///
/// ```swift
/// let pool = SessionPool(store: FileTokenStore())
/// let session = pool.session(dialect: .tiki(.production), credentials: client, identity: .user(seller))
/// let token = try await session.accessToken()
/// ```
///
/// The store keeps the records of all sessions, evicted ones too: an ``InMemoryTokenStore`` grows with every identity.
public final class SessionPool: Sendable {
    private let store: any TokenStore
    private let transport: any WireTransport
    private let policy: SharedPolicy
    private let clock: any SessionClock
    private let onEvent: SessionContext.EventHandler?
    private let capacity: Int
    private let cache: Locked<PoolCache>
    private let keeper: PoolKeeper

    /// One closure for all sessions; it does not retain the pool.
    private let onChange: @Sendable (TokenSession) -> Void

    /// Creates an empty pool.
    ///
    /// - Parameters:
    ///   - store: stores the tokens of all sessions.
    ///   - transport: sends the requests of all sessions; by default the platform's transport.
    ///   - policy: when each session renews its token, how often, and how long its callers wait.
    ///   - clock: the system's clocks, or a test's.
    ///   - capacity: how many sessions the pool holds, and ``run()`` keeps fresh. It holds more only while they have a renewal
    ///     running, an unsaved record, or a refresh token that is in no store.
    ///   - concurrency: how many renewals ``run()`` runs at once, by default as many as the default transport has connections to one
    ///     origin. Renewals that callers start are not limited by it.
    ///   - onEvent: receives the events of all sessions, on any thread; it must return soon.
    public init(
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = .system,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        capacity: Int = 10_000,
        concurrency: Int = 256,
        onEvent: (@Sendable (Identity, SessionEvent) -> Void)? = nil
    ) {
        self.store = store
        self.transport = transport
        self.policy = SharedPolicy(policy)
        self.clock = clock
        self.onEvent = onEvent
        self.capacity = max(capacity, 1)
        cache = Locked(PoolCache(capacity: capacity))
        let keeper = PoolKeeper(clock: clock, concurrency: concurrency)
        self.keeper = keeper
        onChange = { [weak keeper] in keeper?.note($0) }
    }

    /// The sessions that the pool holds, in no particular order; those that it has evicted are not among them.
    ///
    /// Listing them marks none as used. A session's ``TokenSession/status`` names its account.
    public var sessions: [TokenSession] { cache.withLock { $0.sessions } }

    /// How many sessions the pool holds.
    package var count: Int { cache.withLock { $0.count } }

    /// Whether ``run()`` has nothing to do now.
    package var isSettled: Bool { keeper.isSettled }

    /// The session of an identity; the pool makes it if there is none.
    ///
    /// It sends nothing before a token is needed. A lookup with other credentials, another signer, or a dialect with other API origins returns another session, over the same
    /// record of the store.
    ///
    /// - Parameters:
    ///   - dialect: the provider's dialect. Dialects with the same name, token endpoint, extra fields, and API origins count as
    ///     equal.
    ///   - credentials: the client's id and secret.
    ///   - identity: whose tokens the session holds.
    ///   - signer: signs requests, for a provider that requires it. It is `Hashable` so that lookups with equal signers return
    ///     the same session.
    /// - Returns: the same session for equal arguments.
    public func session(
        dialect: any ProviderDialect,
        credentials: ClientCredentials,
        identity: Identity = .client(),
        signer: (any RequestSigner & Hashable)? = nil
    ) -> TokenSession {
        session(of: PoolClient(dialect, .credentials(credentials), signer), identity)
    }

    /// The session of an identity whose client's credentials come from a source, such as a vault or a file.
    ///
    /// - Parameters:
    ///   - dialect: the provider's dialect. Dialects with the same name, token endpoint, extra fields, and API origins count as
    ///     equal.
    ///   - credentials: the source of the client's id and secret. Equal sources count as one client.
    ///   - identity: whose tokens the session holds.
    ///   - signer: signs requests, for a provider that requires it. It is `Hashable` so that lookups with equal signers return
    ///     the same session.
    /// - Returns: the same session for equal arguments.
    public func session(
        dialect: any ProviderDialect,
        credentials: some CredentialsSource & Hashable,
        identity: Identity = .client(),
        signer: (any RequestSigner & Hashable)? = nil
    ) -> TokenSession {
        session(of: PoolClient(dialect, .source(credentials), signer), identity)
    }

    /// Renews the tokens of all sessions before they expire, until its task is cancelled.
    ///
    /// Each session renews at a random time in the first half of its advisory window, so that sessions whose tokens arrived
    /// together do not renew together. Run it once.
    public func run() async {
        await keeper.run()
    }

    /// Removes all sessions, and waits until their running renewals have ended and their tokens are stored.
    ///
    /// Cancel ``run()`` first. Call it before the process exits: a renewal that is running may have spent a rotating refresh token, and its answer has the
    /// next one.
    public func shutDown() async {
        let sessions = cache.withLock { $0.removeAll() }
        for session in sessions { keeper.remove(session) }
        for session in sessions { await session.settle() }
    }

    private func session(of client: PoolClient, _ identity: Identity) -> TokenSession {
        let lookup = cache.withLock { $0.session(client, identity) { makeContext($0) } }
        if lookup.isAdded { keeper.add(lookup.session) }
        for session in lookup.evicted {
            keeper.remove(session)
            session.tellEviction(capacity: capacity)
        }
        return lookup.session
    }

    private func makeContext(_ client: PoolClient) -> SessionContext {
        let source = client.source.credentials
        return SessionContext(
            client.dialect,
            source,
            client.signer,
            store,
            transport,
            policy,
            clock,
            onEvent: onEvent,
            onChange: onChange
        )
    }
}
