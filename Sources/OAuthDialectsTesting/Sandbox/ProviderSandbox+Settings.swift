internal import OAuthDialects

extension ProviderSandbox {
    /// How long access tokens live that are issued from now on; `nil` is as the provider documents it.
    public var accessTokenLifetime: Duration? {
        get { state.withLock { $0.settings.accessTokenLifetime } }
        set { state.change { $0.settings.accessTokenLifetime = newValue } }
    }

    /// How long refresh tokens live that are issued from now on; `nil` is as the provider documents it.
    public var refreshTokenLifetime: Duration? {
        get { state.withLock { $0.settings.refreshTokenLifetime } }
        set { state.change { $0.settings.refreshTokenLifetime = newValue } }
    }

    /// What becomes of refresh tokens that are used; `nil` is the provider's way: fixed at WeTix, rotating elsewhere.
    public var rotation: RefreshTokenRotation? {
        get { state.withLock { $0.settings.rotation } }
        set { state.change { $0.settings.rotation = newValue } }
    }

    /// The scopes that clients may ask for; `nil` is any.
    public var scopes: [String]? {
        get { state.withLock { $0.settings.scopes } }
        set { state.change { $0.settings.scopes = newValue } }
    }

    /// Whether a client that asks again gets the token it has, with what is left of its life, as Revenue Monster seems to do.
    public var handsOutLivingTokens: Bool {
        get { state.withLock { $0.settings.handsOutLivingTokens } }
        set { state.change { $0.settings.handsOutLivingTokens = newValue } }
    }

    /// How long the answers of ``send(_:_:)`` and of a served sandbox take by its clock; no time unless told.
    public var latency: Duration {
        get { state.withLock { $0.settings.latency } }
        set { state.change { $0.settings.latency = newValue } }
    }

    /// What it has seen so far.
    public var counters: SandboxCounters { state.withLock { $0.counters } }

    /// Waits until the counters are as a test wants them; no time is involved.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func counters(where predicate: @escaping @Sendable (SandboxCounters) -> Bool) async throws {
        try await state.wait { predicate($0.counters) }
    }

    /// The last thousand requests and what became of them, for a person to read; it never holds a secret.
    public var transcript: [SandboxEntry] { state.withLock { $0.transcript } }

    /// What no client should have sent, in words; empty if the client speaks as the provider wants it, whatever its tokens.
    public var complaints: [String] { transcript.flatMap(\.complaints) }
}
