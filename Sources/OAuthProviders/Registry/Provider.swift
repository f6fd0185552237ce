internal import OAuthDialects

/// One provider of a registry: its own session, and a pool for those of its accounts.
final class Provider: Sendable {
    let settings: ProviderSettings
    let session: TokenSession
    let pool: SessionPool
    private let source: PooledSource
    private let signer: PooledSigner?

    init(
        _ settings: ProviderSettings,
        store: any TokenStore,
        transport: any WireTransport,
        policy: RenewalPolicy,
        clock: any SessionClock,
        onEvent: (@Sendable (String, SessionEvent) -> Void)?
    ) {
        let (store, transport) = (settings.store ?? store, settings.transport ?? transport)
        let policy = settings.policy ?? policy
        let tell = onEvent.map { onEvent in { @Sendable (event: SessionEvent) in onEvent(settings.name, event) } }
        self.settings = settings
        session = TokenSession(
            dialect: settings.dialect,
            credentials: settings.credentials,
            identity: settings.identity,
            signer: settings.signer,
            store: store,
            transport: transport,
            policy: policy,
            clock: clock,
            onEvent: tell
        )
        pool = SessionPool(
            store: store,
            transport: transport,
            policy: policy,
            clock: clock,
            onEvent: tell.map { tell in { @Sendable (_: Identity, event: SessionEvent) in tell(event) } }
        )
        source = PooledSource(settings.credentials)
        signer = settings.signer.map(PooledSigner.init)
        for account in settings.accounts { _ = session(of: account) }
    }

    /// The session of an account: the provider's own, if that is the account's with the same scopes.
    func session(of account: Account) -> TokenSession {
        let identity = settings.identity
        if identity.account == account, Set(identity.scopes) == Set(settings.accountScopes) { return session }
        return pool.session(
            dialect: settings.dialect,
            credentials: source,
            identity: .user(account, scopes: settings.accountScopes),
            signer: signer
        )
    }
}
