internal import Synchronization

/// One identity's tokens at one provider: acquired, renewed, and replaced as needed, by one token request at a time.
///
/// Any number of tasks may use a session at once. While a token works it is served, whatever fails. A new token is requested
/// once for all who wait, and stored before any of them gets it.
///
/// ```swift
/// let session = TokenSession(
///     dialect: .weTix(.sandbox),
///     credentials: try .environment("WETIX")
/// )
/// let (data, response) = try await session.data(for: request)
/// ```
public final class TokenSession: Sendable {
    let context: SessionContext
    let identity: Identity
    let core: Locked<SessionCore>
    /// The version of the copies that threads read; 0 while the token is read under the lock.
    let copies = Atomic<UInt64>(0)
    /// Beside the context's, so that reading a token copies no reference.
    package let clock: any SessionClock

    /// Makes a session; nothing is sent before a token is needed.
    ///
    /// - Parameters:
    ///   - dialect: the provider's dialect.
    ///   - credentials: the source of the client's id and secret.
    ///   - identity: whose tokens the session holds, for good.
    ///   - signer: signs requests, for a provider that requires it.
    ///   - store: stores the tokens.
    ///   - transport: sends the requests; by default the platform's transport.
    ///   - policy: when to renew the token, how often, and how long callers wait.
    ///   - clock: the system's clocks, or a test's.
    ///   - onEvent: receives events, on any thread; it must return soon.
    public convenience init(
        dialect: any ProviderDialect,
        credentials: any CredentialsSource,
        identity: Identity = .client(),
        signer: (any RequestSigner)? = nil,
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = .system,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        onEvent: (@Sendable (SessionEvent) -> Void)? = nil
    ) {
        let policy = SharedPolicy(policy)
        let onEvent = onEvent.map { onEvent in { @Sendable (_: Identity, event: SessionEvent) in onEvent(event) } }
        self.init(
            SessionContext(dialect, credentials, signer, store, transport, policy, clock, onEvent: onEvent),
            identity
        )
    }

    init(_ context: SessionContext, _ identity: Identity) {
        self.context = context
        clock = context.clock
        self.identity = identity
        let machine = SessionMachine(
            policy: context.policy,
            isClient: identity.canRepeat,
            isStatic: identity.isStatic,
            rotation: context.dialect.conventions.refreshTokenRotation,
            isGated: context.transport.waitsForConnections,
            seed: .random(in: 0 ... .max)
        )
        core = Locked(SessionCore(machine))
    }

    deinit {
        core.withLock(\.hub)?.finish()
        forgetCopies()
    }

    /// The provider's dialect.
    public var dialect: any ProviderDialect { context.dialect }
    /// Signs requests, if the provider requires it.
    public var signer: (any RequestSigner)? { context.signer }

    var store: any TokenStore { identity.isStatic ? NoTokenStore() : context.store }
    var policy: RenewalPolicy { context.policy.value }

    /// A token that works: the one in hand, or a new one.
    ///
    /// A fresh token costs no suspension. In a token's last minute callers wait for its renewal for 2 s at most; without a token
    /// that works they wait for a new one. A cancelled caller leaves at once, and the renewal goes on.
    ///
    /// - Parameter timeout: how long to wait if no token works; the policy's 10 s by default.
    /// - Returns: a token that works; after a dead sign-in now and then the one that the API has rejected, to see whether it works
    ///   again.
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/signInRequired`` if a user has to sign in; `CancellationError` if the
    ///   task is cancelled while it waits.
    public func accessToken(within timeout: Duration? = nil) async throws -> AccessToken {
        let now = clock.now
        if let token = tokenInHand(at: now, { $0.freshToken(at: now) }) { return token }
        return try await token { .tokenRequested(by: $0, timeout: timeout ?? self.policy.timeout) }
    }

    /// A token for an API request of the session's own: one that the API has rejected too, if there is no other.
    func tokenForRequest() async throws -> AccessToken {
        let now = clock.now
        if let token = tokenInHand(at: now, { $0.freshToken(at: now) }) { return token }
        return try await token { .tokenRequested(by: $0, timeout: policy.timeout, isForRequest: true) }
    }

    /// Not inlined, so that the frames of its callers stay small: nearly every call returns before it.
    @inline(never)
    func token(for event: (Waiters.ID) -> SessionMachine.Event) async throws -> AccessToken {
        guard case .token(let token) = try await wait(for: event) else { throw SessionMachine.signedOut }
        return token
    }

    /// The token in hand if it works, else `nil`; never sends a request and never waits.
    ///
    /// After a dead sign-in (``SessionStatus/needsSignIn``) it is `nil` until the API accepts the token again.
    public var currentAccessToken: AccessToken? {
        let now = clock.now
        return tokenInHand(at: now) { $0.workingToken(at: now) }
    }

    /// Says that the provider rejected a token; ignored if it has been replaced already.
    ///
    /// The next caller that asks has it renewed. ``withAccessToken(_:)``, ``send(_:limits:)``, and ``data(for:)`` call this themselves.
    public func invalidate(_ token: AccessToken) { send(.tokenRejected(token)) }

    /// A token newer than the one in hand at the time of the call.
    ///
    /// A refresh token whose earlier answer was lost is presented again for it, and the memory of a refusal is dropped.
    ///
    /// - Throws: ``TokenError``, also while the session backs off; `CancellationError` if the task is cancelled.
    public func renew() async throws -> AccessToken { try await token { .renewalRequested(by: $0) } }

    /// Signs in with what a person brought back, or with an imported refresh token.
    ///
    /// The grant is sent once. What the session had before is replaced only if the provider accepts the grant.
    ///
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/invalidRequest`` for the application's own grant in a user's
    ///   session; `CancellationError` if the task is cancelled, while the token request goes on.
    public func signIn(with grant: Grant) async throws {
        if identity.isStatic {
            guard case .clientCredentials = grant else {
                throw TokenError(.invalidRequest, "A session with a static token exchanges no grant.")
            }
        } else if !identity.canRepeat, case .clientCredentials = grant {
            throw TokenError(
                .invalidRequest,
                "A user's session can't be signed in as the application.",
                hint: "Make a session of its own for the application, with the identity .client()."
            )
        }
        _ = try await wait { .signInRequested(by: $0, grant) }
    }

    /// Ends the session: forgets its tokens, answers its callers, and replaces its record, in this order.
    ///
    /// Returns when the store has learned it. If the store fails, the session tries again with backoff; it goes on if the caller is
    /// cancelled or gone. A late attempt leaves the record of a newer sign-in alone. Tokens that arrive afterwards are not used, and
    /// are revoked if that was asked for. Only a sign-in starts the session again.
    ///
    /// - Parameter revoking: whether to have the provider revoke the tokens as well (RFC 7009), whatever the store does.
    /// - Returns: what became of the revocation.
    /// - Throws: ``TokenError`` if the record could not be replaced within the renewal timeout, 30 s by default: this session is
    ///   signed out all the same, and goes on trying; `CancellationError` if the task is cancelled.
    @discardableResult
    public func signOut(revoking: Bool = false) async throws -> RevocationResult {
        let answer = try await wait(evenIfCancelled: true) { .signOutRequested(by: $0, revoking: revoking) }
        guard case .signedOut(let result) = answer else { throw SessionMachine.timedOut }
        return result
    }
}
