import Foundation
import OAuthDialects
import Testing

struct APIOriginsErrorTests {
    private static let apiOrigins: APIOrigins = ["api.tiki.vn", "api.example.com:8443"]

    @Test(arguments: [
        ("https://open.tiki.vn/x?y=canary", #"apiHosts: ["open.tiki.vn"]"#),
        ("https://open.tiki.vn:8443/x", #"apiHosts: ["open.tiki.vn:8443"]"#),
        ("http://127.0.0.1:8080/x", #"apiHosts: ["http://127.0.0.1:8080"]"#),
        ("http://localhost/x", #"apiHosts: ["http://localhost"]"#),
        ("https://[::1]:9443/x", #"apiHosts: ["[::1]:9443"]"#),
    ])
    func `An origin that is not named gets a hint that works`(_ text: String, _ hint: String) throws {
        let url = try Sample.url(text)
        let error = try #require(tokenError { try Self.apiOrigins.check(url) })
        #expect(error.code == .untrustedHost)
        #expect(error.hint?.contains(hint) == true)
        #expect(error.description.contains("apiHosts:"))
        #expect(error.message.contains("https://api.example.com:8443, https://api.tiki.vn"))
        #expect(!error.description.contains("canary"))
        let host = try #require(hint.firstMatch(of: /"(.*)"/)).output.1
        #expect(Self.apiOrigins.adding([String(host)]).contains(url))
        #expect(StandardDialect(name: "a", tokenEndpoint: url, apiHosts: [String(host)]).apiOrigins.contains(url))
    }

    @Test func `API origins without an entry say so`() throws {
        let error = tokenError { try APIOrigins([]).check(try Sample.url("https://api.tiki.vn")) }
        #expect(error?.message.contains("(none)") == true)
    }

    @Test(arguments: ["https://user:canary@api.tiki.vn/", "http://evil.com/?token=canary", "ftp://u:canary@a/#canary"])
    func `A refused URL is shown without user info, query and fragment`(_ text: String) throws {
        let url = try Sample.url(text)
        let error = try #require(tokenError { try Self.apiOrigins.check(url) })
        #expect(error.code == .insecureEndpoint)
        Printed(error).lacks(["canary"])
    }

    @Test func `A password in an entry is not shown`() {
        let apiOrigins: APIOrigins = ["https://user:canary@api.tiki.vn"]
        Printed(apiOrigins).lacks(["canary"])
        let error = tokenError { try apiOrigins.check(URL(string: "https://api.tiki.vn/")!) }
        Printed(error).lacks(["canary"])
    }

    @Test func `Every factory takes more hosts, and a custom server's own origin joins`() throws {
        let root = try Sample.url("http://127.0.0.1:8080/base")
        let more = ["more.example"]
        let url = try Sample.url("https://more.example/")
        let shipped: [any ProviderDialect] = [
            .weTix(.production, apiHosts: more), .weTix(.custom(root), apiHosts: more),
            .tiki(.production, apiHosts: more),
            .tiki(.custom(root), apiHosts: more), .revenueMonster(.sandbox, apiHosts: more),
            .revenueMonster(.custom(root), apiHosts: more), .standard(name: "a", tokenEndpoint: root, apiHosts: more),
        ]
        for dialect in shipped { #expect(dialect.apiOrigins.contains(url)) }
        let custom: [any ProviderDialect] = [
            .weTix(.custom(root)), .tiki(.custom(root)), .revenueMonster(.custom(root)),
        ]
        for dialect in custom { #expect(dialect.apiOrigins.origins.map(\.description) == ["http://127.0.0.1:8080"]) }
    }

    @Test func `The shipped API origins are those of the documents`() {
        func hosts(_ dialect: any ProviderDialect) -> [String] {
            dialect.apiOrigins.origins.map(\.description).sorted()
        }
        #expect(hosts(.weTix(.sandbox)) == ["https://sb-open.wetix.my"])
        #expect(hosts(.weTix(.legacySandbox)) == ["https://sb-open.wetix.my"])
        #expect(hosts(.weTix(.production)) == ["https://graph.wetix.my", "https://open.wetix.my"])
        #expect(hosts(.weTix(.legacyProduction)) == ["https://graph.wetix.my", "https://open.wetix.my"])
        #expect(hosts(.revenueMonster(.production)) == ["https://open.revenuemonster.my"])
        #expect(hosts(.revenueMonster(.sandbox)) == ["https://sb-open.revenuemonster.my"])
        #expect(hosts(.tiki(.production)) == ["https://api.tiki.vn"])
    }
}
