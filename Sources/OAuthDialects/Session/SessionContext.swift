/// What the sessions of a client share, held once for all of them.
final class SessionContext: Sendable {
    typealias EventHandler = @Sendable (Identity, SessionEvent) -> Void

    let dialect: any ProviderDialect
    let source: any CredentialsSource
    let signer: (any RequestSigner)?
    let store: any TokenStore
    let transport: any WireTransport
    let policy: SharedPolicy
    let clock: any SessionClock
    let onEvent: EventHandler?
    /// Called when upkeep may have something else to do.
    let onChange: (@Sendable (TokenSession) -> Void)?

    init(
        _ dialect: any ProviderDialect,
        _ source: any CredentialsSource,
        _ signer: (any RequestSigner)?,
        _ store: any TokenStore,
        _ transport: any WireTransport,
        _ policy: SharedPolicy,
        _ clock: any SessionClock,
        onEvent: EventHandler?,
        onChange: (@Sendable (TokenSession) -> Void)? = nil
    ) {
        (self.dialect, self.source, self.signer, self.store) = (dialect, source, signer, store)
        (self.transport, self.policy, self.clock) = (transport, policy, clock)
        (self.onEvent, self.onChange) = (onEvent, onChange)
    }
}
