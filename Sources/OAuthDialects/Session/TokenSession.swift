/// One identity's tokens at one provider: acquired, renewed and replaced as needed, by one exchange at a time.
///
/// Any number of tasks may use a session at once. While a token works it is served, whatever fails; what has to be fetched is
/// fetched once for all who wait, and stored before anybody sees it.
///
/// ```swift
/// let session = TokenSession(dialect: .weTix(.sandbox), credentials: try .environment("WETIX"))
/// let (data, response) = try await session.data(for: request)
/// ```
public final class TokenSession: Sendable {
    /// How the provider speaks.
    public let dialect: any ProviderDialect
    /// Signs API requests, if the provider requires it.
    public let signer: (any RequestSigner)?

    let source: any CredentialsSource
    let identity: Identity
    let store: any TokenStore
    let transport: any WireTransport
    private let shared: SharedPolicy
    let clock: any SessionClock
    let core: Locked<SessionCore>
    private let onEvent: (@Sendable (SessionEvent) -> Void)?
    let onChange: (@Sendable (TokenSession) -> Void)?

    /// Makes a session; nothing is sent before a token is asked for.
    ///
    /// - Parameters:
    ///   - dialect: how the provider speaks.
    ///   - credentials: where the client's id and secret come from.
    ///   - identity: whose session it is, for good.
    ///   - signer: signs API requests, for a provider that requires it.
    ///   - store: where tokens are kept.
    ///   - transport: what carries requests; one `URLSession` for all sessions by default.
    ///   - policy: when to renew, how often, and how long anybody waits.
    ///   - clock: the machine's clocks, or a test's.
    ///   - onEvent: is told what happens, on whatever thread it happens; it must return soon.
    public convenience init(
        dialect: any ProviderDialect,
        credentials: any CredentialsSource,
        identity: Identity = .client(),
        signer: (any RequestSigner)? = nil,
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = URLSessionTransport.shared,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        onEvent: (@Sendable (SessionEvent) -> Void)? = nil
    ) {
        self.init(
            dialect: dialect,
            credentials: credentials,
            identity: identity,
            signer: signer,
            store: store,
            transport: transport,
            policy: SharedPolicy(policy),
            clock: clock,
            onEvent: onEvent,
            onChange: nil
        )
    }

    /// As the public one, by a policy that others hold as well; `onChange` is told when there may be something else to keep up.
    init(
        dialect: any ProviderDialect,
        credentials: any CredentialsSource,
        identity: Identity,
        signer: (any RequestSigner)?,
        store: any TokenStore,
        transport: any WireTransport,
        policy: SharedPolicy,
        clock: any SessionClock,
        onEvent: (@Sendable (SessionEvent) -> Void)?,
        onChange: (@Sendable (TokenSession) -> Void)?
    ) {
        self.dialect = dialect
        self.source = credentials
        self.identity = identity
        self.signer = signer
        self.store = store
        self.transport = transport
        self.shared = policy
        self.clock = clock
        self.onEvent = onEvent
        self.onChange = onChange
        var random = SystemRandomNumberGenerator()
        core = Locked(
            SessionCore(
                SessionMachine(
                    policy: policy,
                    isClient: identity.canRepeat,
                    rotation: dialect.conventions.refreshTokenRotation,
                    seed: random.next()
                )
            )
        )
    }

    var policy: RenewalPolicy { shared.value }

    deinit {
        core.withLock(\.hub)?.finish()
    }

    /// A token that works: the one in hand, or a new one.
    ///
    /// A fresh token costs no suspension. In a token's last minute callers join its renewal for 2 s at most; without a token
    /// that works they wait for one. A cancelled caller leaves at once and hurts nobody.
    ///
    /// - Parameter timeout: how long to wait if no token works; the policy's 10 s by default.
    /// - Returns: a token that works.
    /// - Throws: ``TokenError``; `CancellationError` if the task is cancelled while it waits.
    public func accessToken(within timeout: Duration? = nil) async throws -> AccessToken {
        let now = clock.now
        if let token = core.withLock({ $0.machine.freshToken(at: now) }) { return token }
        return try await token { .tokenRequested(by: $0, timeout: timeout ?? self.policy.timeout) }
    }

    /// Apart from its callers, whose frames stay small: nearly every call needs no more than them.
    @inline(never)
    func token(for event: (Waiters.ID) -> SessionMachine.Event) async throws -> AccessToken {
        guard case .token(let token) = try await wait(for: event) else { throw SessionMachine.signedOut }
        return token
    }

    /// The token in hand if it works, else `nil`; nothing is fetched and nobody waits.
    public var currentAccessToken: AccessToken? {
        let now = clock.now
        return core.withLock { $0.machine.workingToken(at: now) }
    }

    /// Says that the provider rejected a token; ignored if it has been replaced already.
    ///
    /// The next caller that asks has it renewed. ``withAccessToken(_:)``, ``send(_:limits:)`` and ``data(for:)`` do this themselves.
    public func invalidate(_ token: AccessToken) {
        send(.tokenRejected(token))
    }

    /// A token newer than what there was at the time of the call.
    ///
    /// - Throws: ``TokenError``, also while the session backs off; `CancellationError` if the task is cancelled.
    public func renew() async throws -> AccessToken {
        try await token { .renewalRequested(by: $0) }
    }

    func tell(_ occurrence: Occurrence) {
        tell(SessionEvent(occurrence, at: clock.date))
    }

    func tell(_ event: SessionEvent) {
        onEvent?(event)
        core.withLock(\.hub)?.send(event)
    }
}
