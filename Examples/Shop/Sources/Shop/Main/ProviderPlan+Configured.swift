import Foundation
import OAuthDialects
import OAuthProviders
import RevenueMonsterSigning
import ShopCore

extension ProviderPlan {
    /// Real providers, by environment variables.
    ///
    /// - Throws: `ConfigurationError` or ``SettingError`` for the first mistake.
    package static func configured(by environment: [String: String], publicURL: PublicURL, merchant: Account)
        async throws
        -> Self
    {
        let kopi = DialectFactory(settings: ["environment"]) { options in
            guard let root = try options.url("environment") else { throw options.error("environment", "is missing") }
            return KopiDialect(root: root)
        }
        var settings = try ProviderSettings.environment(environment, dialects: ["kopi": kopi])
        let variables = ShopVariables(environment)
        guard Set(settings.map(\.name)).isSuperset(of: titles.keys) else {
            throw SettingError("OAUTH_PROVIDERS", "must name wetix, revenue-monster, tiki, and kopi")
        }
        for index in settings.indices where [revenueMonster, "tiki"].contains(settings[index].name) {
            let usual = settings[index].name == "tiki" ? marketplaceScopes : paymentScopes
            let scopes = settings[index].accountScopes
            settings[index].belong(to: merchant, scopes: scopes.isEmpty ? usual : scopes)
            if settings[index].name == revenueMonster {
                settings[index].signer = RevenueMonsterSigner(
                    key: try variables.key("SHOP_MERCHANT_KEY", RSASigningKey.init(pem:))
                )
            }
        }
        guard let credentials = settings.first(where: { $0.name == "wetix" })?.credentials else {
            throw SettingError("OAUTH_PROVIDERS", "must name wetix")
        }
        let shop = ShopSettings(
            publicURL: publicURL.url,
            weTixAPI: try variables.url("SHOP_WETIX_API"),
            revenueMonsterAPI: try variables.url("SHOP_REVENUE_MONSTER_API"),
            tikiAPI: try variables.url("SHOP_TIKI_API"),
            kopiAPI: try variables.url("SHOP_KOPI_API"),
            storeID: try variables.text("SHOP_STORE_ID"),
            weTixKey: try variables.key("SHOP_WETIX_KEY", RSASigningKey.init(pem:)),
            weTixClientID: try await credentials.credentials().id,
            weTixCredentials: credentials,
            revenueMonsterKey: try variables.key("SHOP_REVENUE_MONSTER_KEY", RSAVerifyingKey.init(pem:))
        )
        return Self(providers: settings, shop: shop)
    }
}

/// The shop's own variables for real providers.
private struct ShopVariables {
    private let environment: [String: String]

    init(_ environment: [String: String]) { self.environment = environment }

    func text(_ name: String) throws -> String {
        guard let text = environment[name], !text.isEmpty else {
            throw SettingError(name, "is missing; real providers need it")
        }
        return text
    }

    func url(_ name: String) throws -> URL {
        guard let url = URL(string: try text(name)), url.scheme != nil, url.host() != nil else {
            throw SettingError(name, "must be a URL")
        }
        return url
    }

    func key<Key>(_ name: String, _ make: (String) throws -> Key) throws -> Key {
        guard let pem = try? String(contentsOfFile: try text(name), encoding: .utf8), let key = try? make(pem) else {
            throw SettingError(name, "must name a file with an RSA key in PEM")
        }
        return key
    }
}
