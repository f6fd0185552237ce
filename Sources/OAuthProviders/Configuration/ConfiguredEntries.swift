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
        let dialect = try factory.dialect(for: options)
        let accounts = try options.list("accounts").map { try Account($0) }
        let personal = try options.list("personalAccounts").map { try Account($0, isPersonal: true) }
        return ProviderSettings(
            options.provider,
            dialect: dialect,
            credentials: try Self.credentials(options, for: dialect),
            identity: .client(scopes: try options.list("scopes")),
            accounts: accounts + personal,
            accountScopes: try options.list("accountScopes"),
            store: try stores.store(options)
        )
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
