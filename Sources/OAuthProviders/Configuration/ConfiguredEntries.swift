internal import OAuthDialects

/// Makes the settings of providers out of the entries of a configuration.
struct ConfiguredEntries {
    /// The settings that every entry may have, beside those of its dialect.
    private static let common = [
        "dialect", "clientID", "clientSecret", "scopes", "accounts", "personalAccounts", "accountScopes", "store",
    ]

    private let factories: [String: DialectFactory]
    private var stores = StoreSetting()

    init(_ dialects: [String: DialectFactory]) {
        factories = DialectFactory.shipped.merging(dialects) { $1 }
    }

    /// The factory of the dialect that an entry names; without a name, the dialect of the entry's own.
    func factory(named name: String?, for options: DialectOptions) throws -> DialectFactory {
        guard let factory = factories[name ?? options.provider] else {
            throw options.error(
                "dialect",
                name == nil ? "is missing" : "names no dialect",
                allowing: factories.keys.sorted()
            )
        }
        return factory
    }

    /// The settings that an entry may have.
    static func settings(of factory: DialectFactory) -> [String] {
        common + factory.settings.filter { !common.contains($0) }
    }

    mutating func settings(_ options: DialectOptions, _ factory: DialectFactory) throws -> ProviderSettings {
        var options = options
        options.known = Set(Self.settings(of: factory))
        let dialect = try factory.dialect(for: options)
        let credentials = try Self.credentials(options, for: dialect)
        try Self.check(dialect, credentials, options)
        let accounts = try options.list("accounts").map { try Account($0) }
        let personal = try options.list("personalAccounts").map { try Account($0, isPersonal: true) }
        return ProviderSettings(
            options.provider,
            dialect: dialect,
            credentials: credentials,
            identity: .client(scopes: try options.list("scopes")),
            // Of two accounts with one name, the first is kept.
            accounts: personal + accounts,
            accountScopes: try options.list("accountScopes"),
            store: try stores.store(options)
        )
    }

    /// Throws if the client can't be sent to the token endpoint.
    private static func check(
        _ dialect: any ProviderDialect,
        _ client: ClientCredentials,
        _ options: DialectOptions
    ) throws {
        do { _ = try TokenSession(dialect: dialect, credentials: client).preview(.clientCredentials()) } catch {
            guard let error = error as? TokenError, error.code != .unsupportedGrant else { return }
            let isAboutClient = error.code == .invalidCredentials
            let isID = client.id.unicodeScalars.contains { $0 == ":" || $0.value < 0x20 || $0.value == 0x7F }
            throw ConfigurationError(
                provider: options.provider,
                setting: isAboutClient ? options.spelled(isID ? "clientID" : "clientSecret") : nil,
                "no token can be asked for: \(([error.message] + [error.hint].compactMap(\.self)).joined(separator: " "))"
            )
        }
    }

    private static func credentials(
        _ options: DialectOptions,
        for dialect: any ProviderDialect
    ) throws -> ClientCredentials {
        let (id, secret) = (try options.text("clientID"), try options.text("clientSecret"))
        let needsSecret =
            switch dialect.conventions.request.clientAuthentication {
            case .publicClient, .none: false
            default: true
            }
        switch (id, secret) {
        case (let id?, let secret?): return ClientCredentials(id: id, secret: secret)
        case (let id?, nil) where !needsSecret: return ClientCredentials(id: id)
        case (nil, nil) where needsSecret:
            throw options.error("clientID", "is missing, and so is \(options.spelled("clientSecret"))")
        case (nil, _): throw options.error("clientID", "is missing")
        case (_, nil): throw options.error("clientSecret", "is missing")
        }
    }
}
