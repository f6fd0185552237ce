import Foundation
import OAuthDialects
import Testing

struct RequestEncodingTests {
    private static let endpoint = URL(string: "https://login.acme.example/token")!

    private func request(_ conventions: WireConventions, _ grant: Grant = .clientCredentials()) throws -> WireRequest {
        try conventions.request(for: Sample.exchange(grant), to: Self.endpoint)
    }

    @Test func `The vector of RFC 6749, appendix B, comes out`() {
        #expect(FormEncoding.encode(" %&+£€") == "+%25%26%2B%C2%A3%E2%82%AC")
    }

    @Test func `Every byte but letters, digits and four marks is percent-encoded`() throws {
        let unreserved = "ABCXYZabcxyz0189-._*"
        #expect(FormEncoding.encode(unreserved) == unreserved)
        for value in 0..<0x80 as Range<UInt8> {
            let text = String(decoding: [value], as: UTF8.self)
            let encoded = FormEncoding.encode(text)
            let isPlain = text.firstMatch(of: /^[A-Za-z0-9\-._*]$/) != nil
            #expect(encoded == (isPlain ? text : value == 0x20 ? "+" : String(format: "%%%02X", value)))
        }
        #expect(FormEncoding.encode("[]@`{}\u{7F}") == "%5B%5D%40%60%7B%7D%7F")
        #expect(FormEncoding.encode("") == "")
        #expect(FormEncoding.encode("é😀e\u{301}") == "%C3%A9%F0%9F%98%80e%CC%81")
    }

    @Test(arguments: ["a+b", "a%b", "a&b", "a=b", "a b", "é😀", "\r\n", "\0", "a%2Bb", "'\"`$(x)", ";/?:@"])
    func `A field of a form comes back as it went`(_ text: String) throws {
        let grant = Grant.other(type: "t", fields: [("n\(text)", Secret(text)), ("n\(text)", "again")])
        let request = try request(WireConventions(), grant)
        let fields = try request.decodedForm()
        #expect(fields.map(\.0) == ["grant_type", "n\(text)", "n\(text)"])
        #expect(fields.map(\.1) == ["t", text, "again"])
    }

    @Test(arguments: ["\"", "\\", "\n\r\t", "\u{0}\u{1f}\u{7f}", "</script>", "é😀", "\u{2028}", "a/b", "'"])
    func `A field of a JSON body comes back as it went`(_ text: String) throws {
        let request = try request(
            WireConventions {
                $0.request.bodyEncoding = .json
            },
            .other(type: "t", fields: [("k\(text)", Secret(text))])
        )
        #expect(try request.decodedJSON() == ["grant_type": "t", "k\(text)": text])
    }

    @Test func `A JSON body keeps its order and leaves slashes alone`() throws {
        let fields: [(String, Secret)] = [("z", "https://a/b"), ("a", "2"), ("m", "3")]
        let body = try request(
            WireConventions {
                $0.request.bodyEncoding = .json
            },
            .other(type: "t", fields: fields)
        ).body
        let text = #"{"grant_type":"t","z":"https://a/b","a":"2","m":"3"}"#
        for _ in 0..<20 { #expect(body?.data == Data(text.utf8)) }
    }

    @Test func `A form keeps its order, the grant's type first`() throws {
        let conventions = WireConventions {
            $0.request.clientAuthentication = .body
            $0.request.added = [WireField("audience", "x")]
        }
        let names = try request(conventions, .clientCredentials(scopes: ["s"])).decodedForm().map(\.0)
        #expect(names == ["grant_type", "scope", "audience", "client_id", "client_secret"])
    }

    @Test func `A field that a JSON body would have twice is refused by name`() {
        let grant = Grant.other(type: "t", fields: [("resource", "a"), ("resource", "b")])
        let error = tokenError {
            try request(
                WireConventions {
                    $0.request.bodyEncoding = .json
                },
                grant
            )
        }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("resource") == true)
        #expect(tokenError { try request(WireConventions(), grant) } == nil)
    }

    @Test(arguments: NamedDialect.all)
    func `A request asks for JSON and says who asks`(_ named: NamedDialect) throws {
        let request = try named.dialect.request(for: Sample.exchange())
        #expect(request.headers["Accept"] == "application/json")
        let agent = try #require(request.headers["User-Agent"])
        #expect(agent.wholeMatch(of: /OAuthDialects\/\d+\.\d+\.\d+ \(Swift\)/) != nil)
        #expect(Set(request.headers.fields.map { $0.name.lowercased() }).count == request.headers.fields.count)
        try request.headers.check()
    }

    @Test(arguments: NamedDialect.all)
    func `No scope is sent where none is asked for`(_ named: NamedDialect) throws {
        for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
            #expect(try named.dialect.request(for: Sample.exchange(grant)).decodedFields()["scope"] == nil)
        }
    }

    @Test(arguments: [" ", ",", "+", "; "])
    func `Scopes are joined by the separator, for a refresh as well`(_ separator: String) throws {
        let conventions = WireConventions {
            $0.scopeSeparator = separator
        }
        for grant in [.clientCredentials(scopes: ["a", "b"]), try Sample.refresh(scopes: ["a", "b"])] {
            #expect(try request(conventions, grant).decodedFields()["scope"] == "a\(separator)b")
        }
    }

    @Test func `A code is sent with its redirect and its verifier, if there are any`() throws {
        let full = Grant.authorizationCode("c", redirectURI: "https://a/?b=c", codeVerifier: "v")
        let fields = [
            "grant_type": "authorization_code", "code": "c", "redirect_uri": "https://a/?b=c", "code_verifier": "v",
        ]
        #expect(try request(WireConventions(), full).decodedFields() == fields)
        let bare = Grant.authorizationCode("c", redirectURI: nil, codeVerifier: nil)
        #expect(try request(WireConventions(), bare).decodedFields().keys.sorted() == ["code", "grant_type"])
    }

    @Test(arguments: [
        ("grant_type", "grantType"), ("refresh_token_expires_in", "refreshTokenExpiresIn"), ("scope", "scope"),
        ("redirect_uri", "redirectUri"), ("", ""),
    ])
    func `Names are spelled in snake or camel case`(_ snake: String, _ camel: String) {
        #expect(WireConventions().name(snake) == snake)
        #expect(
            WireConventions {
                $0.request.fieldNaming = .camelCase
            }.name(snake) == camel
        )
    }
}
