import Foundation
import OAuthDialects
import Shop
import Testing

@Suite(.timeLimit(.minutes(5)))
struct WebSettingsTests {
    private static let secret = "a secret of at least thirty-two characters"
    private static let environment = [
        "DATABASE_URL": "postgres://shop:\(secret)@localhost/shop", "SHOP_COOKIE_KEY": secret,
        "SHOP_STAFF_PASSWORD": secret, "WETIX_CLIENT_SECRET": secret,
    ]

    @Test func `No way of printing the settings shows a secret`() throws {
        let settings = try Settings(Self.environment)
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), "\([settings])", dumped] {
            #expect(!text.contains("secret of"), "\(text)")
        }
    }

    @Test(arguments: [
        ("SHOP_PORT", "65536"), ("SHOP_PORT", "eighty"), ("SHOP_HOLD", "-7"), ("SHOP_TOKEN_LIFETIME", "-1"),
        ("SHOP_PUBLIC_URL", "ftp://shop.example"), ("SHOP_COOKIE_KEY", "short"), ("SHOP_LOG_LEVEL", "loud"),
    ])
    func `A setting that is wrong is named, and its value is not shown`(name: String, value: String) throws {
        let error = #expect(throws: SettingError.self) { try Settings([name: value]) }
        let text = try #require(error.map { "\($0)" })
        #expect(text.contains(name))
        #expect(!text.contains(value))
    }

    /// The providers' own variables are complete; the keys of the shop are what is missing next.
    @Test func `Real providers are read from the environment`() async throws {
        var variables = ["OAUTH_PROVIDERS": "wetix,revenue-monster,tiki,kopi"]
        let roots = [
            "WETIX": "sandbox", "REVENUE_MONSTER": "sandbox", "TIKI": "production", "KOPI": "https://kopi.example",
        ]
        for (name, root) in roots {
            variables["\(name)_ENVIRONMENT"] = root
            variables["\(name)_CLIENT_ID"] = "client"
            variables["\(name)_CLIENT_SECRET"] = Self.secret
        }
        let url = try #require(URL(string: "https://shop.example").flatMap(PublicURL.init))
        let merchant = try Account("merchant")
        let environment = variables
        let error = await #expect(throws: SettingError.self) {
            _ = try await ProviderPlan.configured(by: environment, publicURL: url, merchant: merchant)
        }
        #expect(error?.description.hasPrefix("SHOP_MERCHANT_KEY ") == true)
    }
}
