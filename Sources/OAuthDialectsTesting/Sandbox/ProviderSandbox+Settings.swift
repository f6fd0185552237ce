internal import OAuthDialects

extension ProviderSandbox {
    /// The lifetime of access tokens issued from now on; `nil` for the documented one.
    public var accessTokenLifetime: Duration? {
        get { state.withLock { $0.settings.accessTokenLifetime } }
        set { state.change { $0.settings.accessTokenLifetime = newValue } }
    }

    /// The lifetime of refresh tokens issued from now on; `nil` for the documented one.
    public var refreshTokenLifetime: Duration? {
        get { state.withLock { $0.settings.refreshTokenLifetime } }
        set { state.change { $0.settings.refreshTokenLifetime = newValue } }
    }

    /// Whether refresh tokens rotate; `nil` for the provider's behavior: fixed at WeTix, rotating elsewhere.
    public var rotation: RefreshTokenRotation? {
        get { state.withLock { $0.settings.rotation } }
        set { state.change { $0.settings.rotation = newValue } }
    }

    /// Whether a rotated refresh token may be used again until one of its successors was used; `false` by default.
    ///
    /// Each repetition returns a new successor, which replaces the one before it.
    package var forgivesUnusedSuccessors: Bool {
        get { state.withLock { $0.settings.forgivesUnusedSuccessors } }
        set { state.change { $0.settings.forgivesUnusedSuccessors = newValue } }
    }

    /// The scopes that clients may request; `nil` allows any.
    public var scopes: [String]? {
        get { state.withLock { $0.settings.scopes } }
        set { state.change { $0.settings.scopes = newValue } }
    }

    /// Whether a repeated client grant returns the existing token with its remaining lifetime, as Revenue Monster appears to do.
    public var handsOutLivingTokens: Bool {
        get { state.withLock { $0.settings.handsOutLivingTokens } }
        set { state.change { $0.settings.handsOutLivingTokens = newValue } }
    }

    /// The delay of each response of ``send(_:_:)`` and of a served sandbox, by its clock; zero by default.
    public var latency: Duration {
        get { state.withLock { $0.settings.latency } }
        set { state.change { $0.settings.latency = newValue } }
    }

    /// The counts of requests so far.
    public var counters: SandboxCounters { state.withLock { $0.counters } }

    /// Waits until the counters satisfy a condition.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func counters(where predicate: @escaping @Sendable (SandboxCounters) -> Bool) async throws {
        try await state.wait { predicate($0.counters) }
    }

    /// The last thousand requests and their outcomes, in readable form without secrets.
    public var transcript: [SandboxEntry] { state.withLock { $0.transcript } }

    /// What was incorrect about the requests, in words; empty if every request followed the provider's documentation.
    public var complaints: [String] { transcript.flatMap(\.complaints) }
}
