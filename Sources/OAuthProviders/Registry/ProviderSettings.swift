public import OAuthDialects

/// One provider of an app: its name, its dialect, the client, and what is special about its sessions.
public struct ProviderSettings: Sendable {
    /// The app's name for the provider: lowercase ASCII letters, digits, and hyphens, from a letter.
    public let name: String

    /// The provider's dialect.
    public var dialect: any ProviderDialect

    /// The source of the client's id and secret.
    public var credentials: any CredentialsSource

    /// Whose tokens the provider's own session holds.
    public var identity: Identity

    /// The accounts whose sessions are there from the start; others join when they are asked for.
    public var accounts: [Account]

    /// The scopes that the sessions of accounts ask for.
    public var accountScopes: [String]

    /// Signs requests, for a provider that requires it.
    public var signer: (any RequestSigner)?

    /// Stores the tokens; `nil` for the store of all providers.
    public var store: (any TokenStore)?

    /// Sends the requests; `nil` for the transport of all providers.
    public var transport: (any WireTransport)?

    /// When to renew tokens, how often, and how long callers wait; `nil` for the policy of all providers.
    public var policy: RenewalPolicy?

    /// Creates the settings of a provider.
    ///
    /// - Parameters:
    ///   - name: the app's name for the provider: lowercase ASCII letters, digits, and hyphens, from a letter.
    ///   - dialect: the provider's dialect.
    ///   - credentials: the source of the client's id and secret.
    ///   - identity: whose tokens the provider's own session holds.
    ///   - accounts: the accounts whose sessions are there from the start.
    ///   - accountScopes: the scopes that the sessions of accounts ask for.
    ///   - signer: signs requests, for a provider that requires it.
    ///   - store: stores the tokens; by default the store of all providers.
    ///   - transport: sends the requests; by default the transport of all providers.
    ///   - policy: when to renew tokens, how often, and how long callers wait; by default the policy of all providers.
    public init(
        _ name: String,
        dialect: any ProviderDialect,
        credentials: any CredentialsSource,
        identity: Identity = .client(),
        accounts: [Account] = [],
        accountScopes: [String] = [],
        signer: (any RequestSigner)? = nil,
        store: (any TokenStore)? = nil,
        transport: (any WireTransport)? = nil,
        policy: RenewalPolicy? = nil
    ) {
        (self.name, self.dialect, self.credentials) = (name, dialect, credentials)
        (self.identity, self.accounts, self.accountScopes) = (identity, accounts, accountScopes)
        (self.signer, self.store, self.transport, self.policy) = (signer, store, transport, policy)
    }
}

extension ProviderSettings: Redacted {
    package var redacted: String { "\(name) (\(dialect.name))" }
}
