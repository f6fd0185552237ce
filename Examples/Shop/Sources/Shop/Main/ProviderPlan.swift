import Foundation
import OAuthDialects
import OAuthProviders
import RevenueMonsterSigning
import ShopCore
import ShopSandboxes

/// Where the providers are, and by what the shop talks to them.
package struct ProviderPlan: Sendable {
    static let revenueMonster = "revenue-monster"
    static let titles = [
        "wetix": "WeTix", revenueMonster: "Revenue Monster", "tiki": "Tiki", "kopi": "Kopi rewards",
    ]
    /// What the merchant is asked to grant.
    static let paymentScopes = ["manage_payment"]
    /// Tiki issues a refresh token for `offline` alone.
    static let marketplaceScopes = ["order", "offline"]

    package let providers: [ProviderSettings]
    let shop: ShopSettings

    /// Sandboxes, in this process or another one.
    init(sandboxes file: URL, publicURL: PublicURL, merchant: Account) throws {
        guard let bytes = try? Data(contentsOf: file),
            let directory = try? JSONDecoder().decode(SandboxDirectory.self, from: bytes)
        else { throw SettingError("SHOP_SANDBOXES", "names no directory.json of running sandboxes") }
        func url(_ name: String) throws -> URL {
            guard let provider = directory.providers[name] else {
                throw SettingError("SHOP_SANDBOXES", "names a directory without \(name)")
            }
            return provider.url
        }
        let (weTix, payments, tiki, kopi) = try (url("wetix"), url(Self.revenueMonster), url("tiki"), url("kopi"))
        func credentials(_ name: String) -> FileCredentials { FileCredentials(file, provider: name) }
        providers = [
            ProviderSettings("wetix", dialect: .weTix(.custom(weTix)), credentials: credentials("wetix")),
            ProviderSettings(
                Self.revenueMonster,
                dialect: .revenueMonster(.custom(payments)),
                credentials: credentials(Self.revenueMonster),
                identity: .user(merchant, scopes: Self.paymentScopes),
                accountScopes: Self.paymentScopes,
                signer: RevenueMonsterSigner(key: try RSASigningKey(pem: directory.merchantPrivateKey))
            ),
            ProviderSettings(
                "tiki",
                dialect: .tiki(.custom(tiki)),
                credentials: credentials("tiki"),
                identity: .user(merchant, scopes: Self.marketplaceScopes),
                accountScopes: Self.marketplaceScopes
            ),
            ProviderSettings("kopi", dialect: KopiDialect(root: kopi), credentials: credentials("kopi")),
        ]
        shop = ShopSettings(
            publicURL: publicURL.url,
            weTixAPI: weTix.appending(path: "graphql", directoryHint: .notDirectory),
            revenueMonsterAPI: payments,
            tikiAPI: tiki,
            kopiAPI: kopi,
            storeID: directory.storeID,
            weTixKey: try RSASigningKey(pem: directory.weTixPrivateKey),
            weTixClientID: directory.providers["wetix"]?.clientID ?? "",
            weTixCredentials: credentials("wetix"),
            revenueMonsterKey: try RSAVerifyingKey(pem: directory.revenueMonsterServerPublicKey)
        )
    }

    init(providers: [ProviderSettings], shop: ShopSettings) {
        (self.providers, self.shop) = (providers, shop)
    }
}

extension ProviderSettings {
    /// Makes an account's session the provider's own: the shop itself has none there.
    mutating func belong(to account: Account, scopes: [String]) {
        identity = .user(account, scopes: scopes)
        accountScopes = scopes
    }
}
