/// One session for each dialect, client and identity: for platforms that act for many merchants or people.
///
/// Whoever asks for the same gets the same session, at once and without waiting; two accounts of a client never share one. A
/// session that nobody has asked for in a while is let go when room is needed: its store has what it knows, and the next one
/// to ask gets a new session that reads it there. Sessions share the pool's store, transport, policy and clock.
///
/// ```swift
/// let pool = SessionPool(store: FileTokenStore())
/// let session = pool.session(dialect: .tiki(.production), credentials: client, identity: .user(seller))
/// let token = try await session.accessToken()
/// ```
///
/// The store holds the records of all sessions that ever were: an ``InMemoryTokenStore`` grows with them.
public final class SessionPool: Sendable {
    private let store: any TokenStore
    private let transport: any WireTransport
    private let policy: SharedPolicy
    private let clock: any SessionClock
    private let onEvent: (@Sendable (Identity, SessionEvent) -> Void)?
    private let shelf: Locked<PoolShelf>
    private let keeper: PoolKeeper

    /// One for all sessions; they don't hold the pool that holds them.
    private let onChange: @Sendable (TokenSession) -> Void

    /// Makes an empty pool.
    ///
    /// - Parameters:
    ///   - store: where the tokens of all sessions are kept.
    ///   - transport: what carries requests; one `URLSession` for all sessions by default.
    ///   - policy: when to renew, how often, and how long anybody waits; for each session.
    ///   - clock: the machine's clocks, or a test's.
    ///   - capacity: how many sessions are held; more only while they have an exchange in the air, a record to save, or a
    ///     refresh token that is in no store.
    ///   - concurrency: with how many exchanges in the air ``run()`` begins no other; callers are not held up by that.
    ///   - onEvent: is told what happens to whom, on whatever thread it happens; it must return soon.
    public init(
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = URLSessionTransport.shared,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        capacity: Int = 10_000,
        concurrency: Int = 16,
        onEvent: (@Sendable (Identity, SessionEvent) -> Void)? = nil
    ) {
        self.store = store
        self.transport = transport
        self.policy = SharedPolicy(policy)
        self.clock = clock
        self.onEvent = onEvent
        shelf = Locked(PoolShelf(capacity: capacity))
        let keeper = PoolKeeper(clock: clock, concurrency: concurrency)
        self.keeper = keeper
        onChange = { [weak keeper] in keeper?.note($0) }
    }

    /// How many sessions the pool holds.
    public var count: Int { shelf.withLock { $0.count } }

    /// Whether upkeep has nothing to do now.
    package var isSettled: Bool { keeper.isSettled }

    /// The session of an identity, made if there is none; nothing is sent before a token is asked for.
    ///
    /// - Parameters:
    ///   - dialect: how the provider speaks; dialects of one name, token endpoint and extra fields count as one.
    ///   - credentials: the client's id and secret; another secret is another session, over the same record of the store.
    ///   - identity: whose session it is.
    /// - Returns: the same session for all who ask for the same.
    public func session(
        dialect: any ProviderDialect,
        credentials: ClientCredentials,
        identity: Identity = .client()
    ) -> TokenSession {
        session(of: PoolClient(dialect, credentials, name: .credentials(credentials)), identity)
    }

    /// The session of an identity whose client's credentials come from a source: a vault, a file.
    ///
    /// - Parameters:
    ///   - dialect: how the provider speaks; dialects of one name, token endpoint and extra fields count as one.
    ///   - credentials: where the client's id and secret come from; equal sources count as one client.
    ///   - identity: whose session it is.
    /// - Returns: the same session for all who ask for the same.
    public func session(
        dialect: any ProviderDialect,
        credentials: some CredentialsSource & Hashable,
        identity: Identity = .client()
    ) -> TokenSession {
        session(of: PoolClient(dialect, credentials, name: .source(credentials)), identity)
    }

    /// Keeps the tokens of all sessions fresh without callers, until its task is cancelled.
    ///
    /// It has one order of deadlines for all, and no more exchanges in the air than it may. Sessions renew at a random instant of
    /// the first half of their advisory window, so that those whose tokens came together do not renew together. Run it once.
    public func run() async {
        await keeper.run()
    }

    /// Lets all sessions go, and waits until what is in the air has been answered and stored; cancel ``run()`` first.
    ///
    /// Call it before the process ends: a provider that rotates refresh tokens may have spent one whose answer is on its way.
    public func shutDown() async {
        let sessions = shelf.withLock { $0.removeAll() }
        for session in sessions { keeper.leave(session) }
        for session in sessions { await session.settle() }
    }

    private func session(of client: PoolClient, _ identity: Identity) -> TokenSession {
        let handout = shelf.withLock { $0.session(client, identity.id) { make($0, identity) } }
        if handout.isNew { keeper.join(handout.session) }
        for session in handout.dropped { keeper.leave(session) }
        return handout.session
    }

    private func events(of identity: Identity) -> (@Sendable (SessionEvent) -> Void)? {
        guard let onEvent else { return nil }
        return { onEvent(identity, $0) }
    }

    private func make(_ client: PoolClient, _ identity: Identity) -> TokenSession {
        TokenSession(
            dialect: client.dialect,
            credentials: client.credentials,
            identity: identity,
            store: store,
            transport: transport,
            policy: policy,
            clock: clock,
            onEvent: events(of: identity),
            onChange: onChange
        )
    }
}
