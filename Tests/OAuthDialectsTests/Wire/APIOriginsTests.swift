import Foundation
import OAuthDialects
import Testing

/// Where a token goes and where it does not, with URLs that look like others.
struct APIOriginsTests {
    private static let apiOrigins: APIOrigins = [
        "api.tiki.vn", "api.example.com:8443", "http://127.0.0.1:8080", "[2001:db8::1]", "https://[::1]:9443",
        "HTTPS://UPPER.Example",
    ]

    @Test(arguments: [
        "https://api.tiki.vn", "https://api.tiki.vn/", "https://api.tiki.vn/a/b?c=d#e", "https://api.tiki.vn:443/",
        "https://api.tiki.vn:/", "https://api.tiki.vn:0443/", "HTTPS://API.TIKI.VN/", "https://Api.Tiki.Vn",
        "https://api.tiki.vn?@evil.com", "https://api.tiki.vn#@evil.com", "https://api.tiki.vn/@evil.com",
        "https://api.tiki.vn/%2e%2e/x", "https://api.tiki.vn//evil.com", "https://api.tiki.vn/https://evil.com",
        "https://api.example.com:8443/x", "https://API.example.com:8443", "http://127.0.0.1:8080/x",
        "https://[2001:db8::1]/", "https://[2001:DB8::1]:443/", "https://[::1]:9443/x", "https://upper.example/",
    ])
    func `A token is sent to each of the API origins`(_ text: String) throws {
        #expect(Self.apiOrigins.contains(try Sample.url(text)))
    }

    @Test(arguments: [
        // Other hosts, some of which look like the right one.
        "https://evil.com/", "https://tiki.vn/", "https://xapi.tiki.vn/", "https://api.tiki.vn.evil.com/",
        "https://a.api.tiki.vn/",
        "https://api-tiki.vn/", "https://apiXtiki.vn/", "https://api.tiki.v/", "https://api.tiki.vnn/",
        "https://api..tiki.vn/",
        "https://evil.com/api.tiki.vn", "https://evil.com?https://api.tiki.vn/", "https://evil.com#api.tiki.vn",
        "https://evil.com/?@api.tiki.vn/", "https://evil.com/#@api.tiki.vn", "https://xn--api-tiki.vn/",
        // Other ports and schemes.
        "https://api.tiki.vn:444/", "https://api.tiki.vn:80/", "https://api.tiki.vn:4430/", "https://api.example.com/",
        "https://api.example.com:443/", "https://api.example.com:84430/", "http://api.tiki.vn/",
        "http://api.tiki.vn:443/",
        "https://api.tiki.vn:99999/", "https://api.tiki.vn:0/", "ftp://api.tiki.vn/", "wss://api.tiki.vn/",
        "file:///api.tiki.vn", "data:text/plain,api.tiki.vn", "javascript://api.tiki.vn/", "httpss://api.tiki.vn/",
        // User information.
        "https://user@api.tiki.vn/", "https://user:password@api.tiki.vn/", "https://:@api.tiki.vn/",
        "https://@api.tiki.vn/",
        "https://api.tiki.vn@evil.com/", "https://api.tiki.vn:443@evil.com/", "https://evil.com@api.tiki.vn/",
        // Hosts that read one way and connect another.
        "https://api.tiki.vn./", "https://.api.tiki.vn/", "https://api.tiki.vn%2eevil.com/", "https://api%2etiki.vn/",
        "https://api.tiki.vn%00.evil.com/", "https://api.tiki.vn%40evil.com/", "https://api.tiki.vn%2F@evil.com/",
        "https://api.tiki.vn%5Cevil.com/", "https://api_tiki.vn/", "https://%61pi.tiki.vn/",
        "http://127%2e0%2e0%2e1:8080/",
        // No host at all.
        "https:api.tiki.vn", "https:///api.tiki.vn", "https:/api.tiki.vn", "//api.tiki.vn/", "api.tiki.vn",
        "/api.tiki.vn", "https://",
        // This machine, where it is not named.
        "http://127.0.0.1/", "http://127.0.0.1:8081/", "https://127.0.0.1:8080/", "http://localhost:8080/",
        "http://127.1:8080/",
        "http://2130706433:8080/", "http://0x7f.0.0.1:8080/", "http://0177.0.0.1:8080/", "http://127.0.0.2:8080/",
        "http://[::1]:9443/",
        "https://[::1]/", "https://[0:0:0:0:0:0:0:1]:9443/", "https://[::ffff:127.0.0.1]:9443/", "http://0.0.0.0:8080/",
        // Other spellings of an address.
        "https://[2001:db8:0::1]/", "https://[2001:db8::2]/", "https://[2001:db8::1%25eth0]/", "https://2001:db8::1/",
    ])
    func `A token goes nowhere else`(_ text: String) {
        // What is no URL at all can't be asked for.
        guard let url = URL(string: text) else { return }
        #expect(!Self.apiOrigins.contains(url))
        let code = tokenError { try Self.apiOrigins.check(url) }?.code
        #expect(code == .untrustedHost || code == .insecureEndpoint)
    }

    @Test(arguments: [
        "https://api.ti\u{212A}i.vn/", "https://\u{FF41}pi.tiki.vn/", "https://api\u{3002}tiki.vn/",
        "https://api.tiki\u{AD}.vn/",
        "https://api.tiki.vn\u{3002}evil.com/", "https://b\u{FC}cher.example/", "https://\u{430}pi.tiki.vn/",
        "https://api.tiki.vn\\evil.com/",
        "https:\\\\api.tiki.vn/", "https://api.tiki.vn\\@evil.com/", "https://evil.com\\@api.tiki.vn/",
        "https://api.tiki.vn\t/",
        "https://api.tiki.vn\u{0}.evil.com/", "https://api.tiki.vn /", "https://\u{661}27.0.0.1/",
    ])
    func `A host that is no ASCII counts as what is connected to, or as none`(_ text: String) {
        // Foundation turns some into ASCII before anybody sees them: then that is where the bytes go.
        guard let url = URL(string: text), Self.apiOrigins.contains(url) else { return }
        #expect(url.absoluteString == "https://api.tiki.vn/")
        #expect(url.host(percentEncoded: false)?.unicodeScalars.allSatisfy(\.isASCII) == true)
    }

    @Test(arguments: [
        "", " ", "https://", "api.tiki.vn/", "https://api.tiki.vn/", "https://api.tiki.vn/path", "api.tiki.vn?x",
        "api.tiki.vn#x", "*.tiki.vn",
        "*", "user@api.tiki.vn", "api.tiki.vn.", ".tiki.vn", "api.tiki.vn:0", "api.tiki.vn:65536", "api.tiki.vn:x",
        "api.tiki.vn:+1",
        "api.tiki.vn:-1", "api.tiki.vn:٣", "api.ti\u{212A}i.vn", "b\u{FC}cher.example", "api.tiki.vn\\",
        "api%2etiki.vn", "http://api.tiki.vn",
        "ftp://api.tiki.vn", "[abcd", "[abcd:1", "abcd]", "[]", "[::1]x", "[::g]", "[fe80::1%25eth0]", "api tiki.vn",
        "api.tiki.vn\n",
        "http://127.1", "http://localhost.", "http://localhost.evil.com", "http://127.0.0.1.evil.com",
        "http://127.0.0.256",
    ])
    func `An entry that is not a host adds nothing, and the error names it`(_ host: String) throws {
        let apiOrigins: APIOrigins = [host]
        #expect(apiOrigins.origins.isEmpty)
        let error = tokenError { try apiOrigins.check(URL(string: "https://api.tiki.vn/")!) }
        #expect(error?.code == .untrustedHost)
        #expect(error?.message.hasPrefix("Not a valid API origin: ") == true)
    }

    @Test(arguments: [
        "http://localhost", "http://127.0.0.1", "http://127.255.0.9:1", "http://[::1]:80", "localhost",
        "https://127.0.0.1",
    ])
    func `Loopback is taken where it is named`(_ host: String) {
        #expect(APIOrigins([host]).origins.count == 1)
    }

    @Test func `A named plain origin that is not loopback never gets a token`() throws {
        let apiOrigins = APIOrigins([]).adding(originOf: try Sample.url("http://api.tiki.vn"))
        let error = tokenError { try apiOrigins.check(try Sample.url("http://api.tiki.vn/x")) }
        #expect(error?.code == .insecureEndpoint)
    }
}
