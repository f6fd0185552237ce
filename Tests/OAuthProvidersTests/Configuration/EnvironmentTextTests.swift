import Foundation
import OAuthDialects
import OAuthProviders
import Testing

@Test(arguments: [
    ("production", "https://oauth.wetix.my/auth/token"), ("sandbox", "https://sb-oauth.wetix.my/auth/token"),
    ("legacy-production", "https://oauth2.wetix.my/auth/token"),
    ("legacy-sandbox", "https://sb-oauth2.wetix.my/auth/token"),
    ("https://gateway.example/wetix", "https://gateway.example/wetix/auth/token"),
    ("http://localhost:8080", "http://localhost:8080/auth/token"), ("http://[::1]:80", "http://[::1]:80/auth/token"),
])
func `WeTix's environments have names, and servers have URLs`(_ text: String, _ endpoint: String) throws {
    let dialect = WeTixDialect.weTix(try .init(text))
    #expect(dialect.tokenEndpoint(for: .clientCredentials())?.absoluteString == endpoint)
}

@Test func `Each provider's environments have the names of their members`() throws {
    let revenueMonster = RevenueMonsterDialect.revenueMonster(try .init("sandbox"))
    #expect(revenueMonster.tokenEndpoint(for: .clientCredentials())?.host() == "sb-oauth.revenuemonster.my")
    let live = RevenueMonsterDialect.revenueMonster(try .init("production"))
    #expect(live.tokenEndpoint(for: .clientCredentials())?.host() == "oauth.revenuemonster.my")
    let tiki = TikiDialect.tiki(try .init("production"))
    #expect(tiki.tokenEndpoint(for: .clientCredentials())?.host() == "api.tiki.vn")
}

@Test(arguments: [
    "", "Production", "prod", "http://api.example", "ftp://api.example", "api.example", "https://a@b.example",
])
func `Any other text names the allowed ones and is not shown`(_ text: String) {
    let errors = [
        Configurations.mistake { try WeTixDialect.Environment(text) },
        Configurations.mistake { try RevenueMonsterDialect.Environment(text) },
        Configurations.mistake { try TikiDialect.Environment(text) },
    ]
    for error in errors {
        #expect(error?.allowedValues.contains("production") == true)
        #expect(text.isEmpty || error?.description.contains("\"\(text)\"") == false)
    }
}
