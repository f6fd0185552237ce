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
        ("SHOP_PORT", "65536"), ("SHOP_PORT", "eighty"), ("SHOP_HOLD", "0"), ("SHOP_TOKEN_LIFETIME", "-1"),
        ("SHOP_PUBLIC_URL", "ftp://shop.example"), ("SHOP_COOKIE_KEY", "short"), ("SHOP_LOG_LEVEL", "loud"),
    ])
    func `A setting that is wrong is named, and its value is not shown`(name: String, value: String) throws {
        let error = #expect(throws: SettingError.self) { try Settings([name: value]) }
        let text = try #require(error.map { "\($0)" })
        #expect(text.contains(name))
        #expect(!text.contains(value))
    }
}
