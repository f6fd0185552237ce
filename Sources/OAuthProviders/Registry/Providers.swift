public import Foundation
public import OAuthDialects

/// The providers of an app, by their names: a session for each, and one for each account that signs in.
///
/// ```swift
/// let providers = try Providers.environment()
/// let order = try await providers["tiki"].json(Order.self, from: url)
/// ```
///
/// All sessions share a store, a transport, a policy, and a clock, unless a provider's settings name others.
public final class Providers: Sendable {
    /// The names of the providers, in the order of their settings.
    public let names: [String]

    private let providers: [String: Provider]

    /// Creates the providers; nothing is sent before a token is needed or ``run()`` is called.
    ///
    /// - Parameters:
    ///   - settings: the settings of each provider.
    ///   - store: stores the tokens of all providers whose settings name no store.
    ///   - transport: sends the requests; by default the platform's transport.
    ///   - policy: when to renew tokens, how often, and how long callers wait.
    ///   - clock: the system's clocks, or a test's.
    ///   - onEvent: receives the events of all sessions, with the names of their providers, on any thread; it must return soon.
    /// - Throws: ``ConfigurationError`` for a name that is invalid, or there twice.
    public init(
        _ settings: [ProviderSettings],
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = .system,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        onEvent: (@Sendable (_ provider: String, _ event: SessionEvent) -> Void)? = nil
    ) throws {
        names = settings.map(\.name)
        if let name = names.first(where: { !SettingName.isProvider($0) }) { throw ConfigurationError.badName(name) }
        let pairs = settings.map { settings in
            let provider = Provider(
                settings,
                store: store,
                transport: transport,
                policy: policy,
                clock: clock,
                onEvent: onEvent
            )
            return (settings.name, provider)
        }
        providers = try Dictionary(pairs) { throw ConfigurationError(provider: $1.settings.name, "it is there twice") }
    }

    /// Creates the providers that JSON configures, as ``ProviderSettings/json(_:dialects:)`` reads it.
    ///
    /// - Throws: ``ConfigurationError`` for the first mistake.
    public static func json(
        _ data: Data,
        dialects: [String: DialectFactory] = [:],
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = .system,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        onEvent: (@Sendable (_ provider: String, _ event: SessionEvent) -> Void)? = nil
    ) throws -> Providers {
        let settings = try ProviderSettings.json(data, dialects: dialects)
        return try Providers(
            settings,
            store: store,
            transport: transport,
            policy: policy,
            clock: clock,
            onEvent: onEvent
        )
    }

    /// Creates the providers that environment variables configure, as ``ProviderSettings/environment(_:dialects:)`` reads them.
    ///
    /// - Throws: ``ConfigurationError`` for the first mistake.
    public static func environment(
        _ variables: [String: String] = ProcessInfo.processInfo.environment,
        dialects: [String: DialectFactory] = [:],
        store: any TokenStore = InMemoryTokenStore(),
        transport: any WireTransport = .system,
        policy: RenewalPolicy = RenewalPolicy(),
        clock: any SessionClock = .system,
        onEvent: (@Sendable (_ provider: String, _ event: SessionEvent) -> Void)? = nil
    ) throws -> Providers {
        let settings = try ProviderSettings.environment(variables, dialects: dialects)
        return try Providers(
            settings,
            store: store,
            transport: transport,
            policy: policy,
            clock: clock,
            onEvent: onEvent
        )
    }

    /// The session of a provider: the app's own, unless its settings name another identity.
    ///
    /// - Throws: ``ConfigurationError`` with the known names, for any other name.
    public subscript(name: String) -> TokenSession {
        get throws { try provider(named: name).session }
    }

    /// The session of an account at a provider, from a pool: the same session for the same account.
    ///
    /// - Throws: ``ConfigurationError`` with the known names, for any other name.
    public func session(_ name: String, account: Account) throws -> TokenSession {
        try provider(named: name).session(of: account)
    }

    /// Renews the tokens of all sessions before they expire, until its task is cancelled.
    ///
    /// Run it once. It keeps a provider's own session fresh whether it is used or not: a provider that only an account uses gets that
    /// account's identity in its settings.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            for provider in providers.values {
                group.addTask { await provider.session.run() }
                group.addTask { await provider.pool.run() }
            }
        }
    }

    /// Waits until all running renewals have ended and their tokens are stored.
    ///
    /// Cancel ``run()`` first, and call it before the process exits: a renewal that is running may have spent a refresh token, and its
    /// answer has the next one.
    public func shutDown() async {
        await withTaskGroup(of: Void.self) { group in
            for provider in providers.values {
                group.addTask { await provider.session.settle() }
                group.addTask { await provider.pool.shutDown() }
            }
        }
    }

    /// The statuses of all sessions, for a health endpoint.
    public var status: ProvidersStatus {
        ProvidersStatus(
            providers: names.compactMap { name in
                providers[name].map {
                    .init(name: name, session: $0.session.status, accounts: $0.pool.sessions.map(\.status))
                }
            }
        )
    }

    private func provider(named name: String) throws -> Provider {
        if let provider = providers[name] { return provider }
        throw ConfigurationError(
            provider: ProviderText.clean(name),
            "there is no such provider",
            allowedValues: names
        )
    }
}
