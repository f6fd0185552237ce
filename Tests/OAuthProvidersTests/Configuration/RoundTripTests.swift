import Foundation
import OAuthDialects
import OAuthProviders
import Testing

private let variables = [
    "OAUTH_PROVIDERS": "wetix, revenue-monster tiki,shop",
    "WETIX_ENVIRONMENT": "legacy-sandbox",
    "WETIX_CLIENT_ID": "w", "WETIX_CLIENT_SECRET": "ws",
    "WETIX_AUTHORIZATION_ENDPOINT": "https://sb-oauth2.wetix.my/authorize",
    "WETIX_SCOPES": "read,write",
    "REVENUE_MONSTER_ENVIRONMENT": "https://gateway.example/rm",
    "REVENUE_MONSTER_CLIENT_ID": "r", "REVENUE_MONSTER_CLIENT_SECRET": "rs",
    "REVENUE_MONSTER_API_HOSTS": "api.example api.example:8443",
    "REVENUE_MONSTER_ACCOUNTS": "merchant-1,merchant-2",
    "REVENUE_MONSTER_PERSONAL_ACCOUNTS": "ann@example.com",
    "REVENUE_MONSTER_ACCOUNT_SCOPES": "manage_payment",
    "TIKI_ENVIRONMENT": "http://127.0.0.1:8080",
    "TIKI_CLIENT_ID": "t", "TIKI_CLIENT_SECRET": "ts", "TIKI_AUTHENTICATION": "body", "TIKI_STORE": "memory",
    "TIKI_SCOPES": "",
    "SHOP_DIALECT": "standard", "SHOP_TOKEN_ENDPOINT": "https://shop.example/token",
    "SHOP_API_HOSTS": "api.shop.example",
    "SHOP_AUTHENTICATION": "public", "SHOP_CLIENT_ID": "s", "SHOP_STORE": "file:/var/lib/tokens",
    "HOME": "/root", "SHOPPING": "no", "TIKI_SERVICE_HOST": "10.0.0.1", "TIKI_SERVICE_PORT_HTTP": "80",
    "TIKI_PORT": "tcp://10.0.0.1:80", "TIKI_PORT_80_TCP_ADDR": "10.0.0.1",
]

private let json = """
    {"providers": {
        "wetix": {
            "environment": "legacy-sandbox", "clientID": "w", "clientSecret": "ws",
            "authorizationEndpoint": "https://sb-oauth2.wetix.my/authorize", "scopes": ["read", "write"]
        },
        "revenue-monster": {
            "environment": "https://gateway.example/rm", "clientID": "r", "clientSecret": "rs",
            "apiHosts": ["api.example", "api.example:8443"], "accounts": ["merchant-1", "merchant-2"],
            "personalAccounts": ["ann@example.com"], "accountScopes": "manage_payment"
        },
        "tiki": {
            "environment": "http://127.0.0.1:8080", "clientID": "t", "clientSecret": "ts", "authentication": "body",
            "store": "memory"
        },
        "shop": {
            "dialect": "standard", "tokenEndpoint": "https://shop.example/token", "apiHosts": ["api.shop.example"],
            "authentication": "public", "clientID": "s", "store": "file:/var/lib/tokens"
        }
    }}
    """

/// What can be seen of settings.
private struct Seen: Equatable {
    let name: String
    let dialect: String
    let origins: APIOrigins
    let request: String
    let credentials: ClientCredentials?
    let scopes: [String]
    let accounts: [String]
    let accountScopes: [String]
    let directory: String?
    let isInMemory: Bool

    init(_ settings: ProviderSettings) throws {
        name = settings.name
        (dialect, origins) = (settings.dialect.name, settings.dialect.apiOrigins)
        let session = TokenSession(
            dialect: settings.dialect,
            credentials: settings.credentials,
            identity: settings.identity
        )
        request = "\(try session.preview(.clientCredentials()))"
        credentials = settings.credentials as? ClientCredentials
        scopes = settings.identity.scopes
        accounts = settings.accounts.map { "\($0) \($0.name)" }
        accountScopes = settings.accountScopes
        directory = (settings.store as? FileTokenStore)?.directory.path
        isInMemory = settings.store is InMemoryTokenStore
    }
}

@Test func `The same configuration in variables and in JSON gives the same settings`() throws {
    let read = try ProviderSettings.environment(variables)
    #expect(read.map(\.name) == ["wetix", "revenue-monster", "tiki", "shop"])
    #expect(try read.map(Seen.init) == ProviderSettings.json(Data(json.utf8)).map(Seen.init))
}

@Test func `Settings say what the configuration says`() throws {
    let settings = try ProviderSettings.environment(variables)
    let (weTix, revenueMonster, tiki, shop) = (settings[0], settings[1], settings[2], settings[3])
    #expect(weTix.dialect.tokenEndpoint(for: .clientCredentials())?.host() == "sb-oauth2.wetix.my")
    #expect(weTix.dialect.authorizationEndpoint?.path == "/authorize")
    #expect(weTix.identity.scopes == ["read", "write"])
    #expect(revenueMonster.dialect.tokenEndpoint(for: .clientCredentials())?.path == "/rm/v1/token")
    try revenueMonster.dialect.apiOrigins.check(#require(URL(string: "https://api.example:8443/v3")))
    #expect(revenueMonster.accounts.map(\.name) == ["ann@example.com", "merchant-1", "merchant-2"])
    #expect(revenueMonster.accounts.map(\.isPersonal) == [true, false, false])
    #expect(revenueMonster.accountScopes == ["manage_payment"])
    guard case .body = tiki.dialect.conventions.request.clientAuthentication else {
        Issue.record("Tiki authenticates in another way")
        return
    }
    #expect(tiki.store is InMemoryTokenStore)
    #expect(tiki.identity.scopes.isEmpty)
    #expect(shop.dialect.name == "shop")
    #expect(shop.credentials as? ClientCredentials == ClientCredentials(id: "s"))
    #expect((shop.store as? FileTokenStore)?.directory.path == "/var/lib/tokens")
    #expect(weTix.store == nil)
}

@Test func `Providers that name one directory share its store`() throws {
    var variables = Configurations.variables(["OAUTH_PROVIDERS": "tiki,tiki-eu", "TIKI_STORE": "file:/var/lib/tokens"])
    for (name, value) in variables where name.hasPrefix("TIKI_") { variables["TIKI_EU_" + name.dropFirst(5)] = value }
    variables["TIKI_EU_DIALECT"] = "tiki"
    let stores = try ProviderSettings.environment(variables).map { $0.store as? FileTokenStore }
    #expect(stores[0] != nil)
    #expect(stores[0] === stores[1])
    variables["TIKI_EU_ENVIROMENT"] = ""
    let error = Configurations.mistake { try Providers.environment(variables) }
    #expect(error?.provider == "tiki-eu")
}

@Test func `Settings print without what is in them`() throws {
    for settings in try ProviderSettings.environment(Configurations.variables()) {
        var dumped = ""
        dump(settings, to: &dumped)
        #expect("\(settings)" == "tiki (tiki)")
        #expect(!dumped.contains(Configurations.secret))
    }
}
