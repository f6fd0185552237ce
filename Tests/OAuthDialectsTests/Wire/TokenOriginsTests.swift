import Foundation
import OAuthDialects
import Testing

/// Hosts that come out of a token answer.
struct TokenOriginsTests {
    private static let own: APIOrigins = ["login.example.com"]

    private static func origins(_ value: String, under domains: [String] = ["acme.com", "force.com"]) throws -> [String]
    {
        let origins = try own.adding("instance_url", of: ["instance_url": Secret(value)], under: domains)
        return origins.origins.map(\.description).filter { $0 != "https://login.example.com" }
    }

    @Test(arguments: [
        "https://my.acme.com", "my.acme.com", "HTTPS://MY.ACME.COM", "https://my.acme.com/",
    ])
    func `A host under a stated domain is added, as a name or as a URL`(_ value: String) throws {
        #expect(try Self.origins(value) == ["https://my.acme.com"])
        #expect(try Self.origins(value, under: ["ACME.com"]) == ["https://my.acme.com"])
        #expect(try Self.origins(value, under: ["my.acme.com"]) == ["https://my.acme.com"])
    }

    @Test(arguments: [
        "https://evil.example", "https://canaryacme.com", "https://acme.com.canary.example", "canary", "com", "",
        "http://canary.acme.com", "ftp://canary.acme.com", "https://canary.acme.com:443",
        "https://canary.acme.com:8443",
        "canary.acme.com:443", "https://canary.acme.com/path", "canary.acme.com/", "https://canary.acme.com//",
        "https://canary.acme.com?a=b", "https://canary.acme.com#a", "https://user@canary.acme.com",
        "https://canary.example\\.acme.com", "https://canary.example/.acme.com", "https://canary..acme.com",
        "https://.acme.com", "https://canary.acme.com.", "https://canary%2eacme.com", "https://canary.\u{212A}acme.com",
        "https://https://canary.acme.com", " https://canary.acme.com", "https://canary.acme.com\n", "127.0.0.1",
        "https://[::1]", "//canary.acme.com",
    ])
    func `Any other value is refused by the member's name, and not shown`(_ value: String) throws {
        let error = try #require(tokenError { try Self.origins(value) })
        #expect(error.code == .untrustedHost)
        #expect(error.action == .fix)
        #expect(error.message.contains("instance_url"))
        Printed(error).lacks(["canary", "evil"])
    }

    @Test(arguments: [
        "com", "localhost", "", ".acme.com", "acme.com.", "*.acme.com", "https://acme.com", "0.1", "a..b", "-a.b",
    ])
    func `A dialect states domains, never a single label`(_ domain: String) throws {
        for extras in [[:], ["instance_url": Secret("https://my.acme.com")]] {
            let error = tokenError { try Self.own.adding("instance_url", of: extras, under: ["acme.com", domain]) }
            #expect(error?.code == .untrustedHost)
            #expect(error?.message.contains("\"\(domain)\"") == true)
        }
    }

    @Test func `An answer without the member adds nothing, and no domain admits nothing`() throws {
        #expect(try Self.own.adding("instance_url", of: [:], under: ["acme.com"]) == Self.own)
        #expect(tokenError { try Self.origins("https://my.acme.com", under: []) }?.code == .untrustedHost)
    }

    @Test func `Other API origins of a dialect take the place of its own, and those of a token stay`() throws {
        let dialect = InstanceDialect().overriding { $0.apiOrigins = ["changed.example"] }
        let extras: [String: Secret] = ["instance_url": "https://my.acme.com"]
        #expect(try dialect.apiOrigins(for: extras) == ["changed.example", "my.acme.com"])
        #expect(try dialect.apiOrigins(for: [:]) == ["changed.example"])
        #expect(try InstanceDialect().apiOrigins(for: extras) == ["login.acme.com", "my.acme.com"])
    }
}
