import Foundation
import OAuthDialects
import Testing

/// Answers that somebody made up to break the reader.
struct TokenAnswerTests {
    @Test(arguments: [
        #"{"access_token":"a","access_token":"b"}"#, #"{"access_token":"a","accessToken":"b"}"#,
        #"{"access_token":"a","access\u005ftoken":"b"}"#, #"{"access_token":"a","access_token":null}"#,
        #"{"access_token":"a","expires_in":1,"expires_in":2}"#,
        #"{"access_token":"a","token_type":"x","tokenType":"y"}"#,
        #"{"access_token":"a","refresh_token":"b","refreshToken":"c"}"#,
        #"{"access_token":"a","scope":"b","scope":"b"}"#,
        #"{"access_token":"a","refresh_token_expires_in":1,"refreshTokenExpiresIn":1}"#,
    ])
    func `A field that is read and there twice is refused by name`(_ body: String) throws {
        let error = try #require(tokenError { try Sample.tokens(body) })
        #expect(error.code == .unreadableAnswer)
        #expect(error.message.contains("2 times"))
    }

    static let oddities: [(String, String)] = [
        ("a number beyond Double", "1e400"), ("a negative one", "-1e400"),
        ("400 digits", String(repeating: "9", count: 400)),
        ("400 decimals", "0." + String(repeating: "1", count: 400)), ("nested lists", nested("[", "]", 499)),
        ("nested objects", nested(#"{"a":"#, "}", 250, around: "1")), ("a lone surrogate", #""\ud800""#),
        ("the other surrogate", #""\udc00\ud800""#), ("brackets in a text", #""}]{[\"\\""#),
        ("an escaped NUL", #""\u0000""#),
        ("a MiB of text", "\"" + String(repeating: "x", count: 1 << 20) + "\""), ("an empty object", "{}"),
        ("all escapes", #""\"\\\/\b\f\n\r\t\u00e9""#), ("white space", " \t\r\n[ \t\r\n1 , 2 ] \n"),
        ("a doubled unused key", #"1,"other":2,"other":3"#), ("an escaped name", #"1,"\ud83d\ude00":2"#),
        ("an empty name", #"1,"":2"#), ("a name with a lone surrogate", #"1,"\ud800":2"#),
    ]

    static func nested(_ open: String, _ close: String, _ depth: Int, around: String = "") -> String {
        String(repeating: open, count: depth) + around + String(repeating: close, count: depth)
    }

    @Test(arguments: oddities)
    func `What nobody reads does no harm`(_ name: String, _ value: String) throws {
        for body in [
            #"{"x":\#(value),"access_token":"t","expires_in":5}"#,
            #"{"access_token":"t","expires_in":5,"x":\#(value)}"#,
        ] {
            let tokens = try Sample.tokens(body)
            #expect(try tokens == TokenSet(accessToken: "t", lifetime: .seconds(5)))
        }
    }

    @Test(arguments: oddities)
    func `The same oddities where a field is read end in a typed error or a token`(_ name: String, _ value: String) {
        for field in ["access_token", "refresh_token", "token_type", "expires_in", "scope", "error", "errors"] {
            let body = #"{"\#(field)":\#(value)\#(field == "access_token" ? "" : #","access_token":"t""#)}"#
            check(Data(body.utf8))
        }
    }

    @Test(arguments: [500, 511, 512, 513, 514, 1000, 10_000, 200_000])
    func `Nesting beyond what the decoder takes is a typed error`(_ depth: Int) {
        check(Data(#"{"access_token":"t","x":\#(Self.nested("[", "]", depth))}"#.utf8))
        check(Data(#"{"access_token":"t","errors":\#(Self.nested("[", "]", depth))}"#.utf8))
        check(Data(Self.nested("[", "", depth).utf8))
        check(Data(Self.nested(#"{"a":"#, "", depth).utf8))
    }

    @Test(arguments: [
        "", " ", "null", "true", "1", #""t""#, "[]", #"[{"access_token":"t"}]"#, "{", "}", "access_token=t",
        #"{"access_token":"t"}x"#, #"{"access_token":"t"}{}"#, #"{"access_token" "t"}"#, #"{access_token:"t"}"#,
        #"{'access_token':'t'}"#, "<html>", #"{"access_token":"t""#, #"{"access_token":t}"#, #"{"access_token":NaN}"#,
        "{}", #"{"data":{"access_token":"t"}}"#, #"{"access_token":null}"#, #"{"access_token":1}"#,
        #"{"access_token":["t"]}"#, #"{"access_token":{"t":1}}"#, #"{"access_token":""}"#, #"{"access_token":"\q"}"#,
        #"{"access_token":"a b"}"#, #"{"access_token":"a\nb"}"#, "{\"access_token\":\"a\nb\"}",
        #"{"access_token":"\u0000"}"#,
        #"{"access_token":"é"}"#, #"{"access_token":"\ud800"}"#, #"{"access_token":"t","refresh_token":"a b"}"#,
        #"{"access_token":"t","token_type":"mac"}"#, #"{"access_token":"t","token_type":"DPoP"}"#,
        #"{"access_token":"t","token_type":"bearer "}"#, #"{"access_token":"t","token_type":1}"#,
    ])
    func `What has no usable bearer token is a typed error`(_ body: String) {
        #expect(tokenError { try Sample.tokens(body) }?.code == .unreadableAnswer)
    }

    @Test func `Bytes that are no UTF-8 are a typed error, a byte order mark is passed over`() throws {
        let body = #"{"access_token":"t"}"#
        #expect(
            try WireConventions().tokens(in: WireResponse(status: 200, body: Data([0xEF, 0xBB, 0xBF]) + body.utf8))
                == TokenSet(accessToken: "t")
        )
        var unreadable = [Data(#"{"access_token":"t"#.utf8) + [0xFF] + Data(#""}"#.utf8), Data(body.utf8) + [0]]
        for encoding in [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian] {
            unreadable.append(try #require(body.data(using: encoding)))
        }
        unreadable.append(Data([0xC0, 0x80]))
        unreadable.append(Data([0xED, 0xA0, 0x80]))
        for bytes in unreadable {
            let response = WireResponse(status: 200, body: bytes)
            #expect(tokenError { try WireConventions().tokens(in: response) }?.code == .unreadableAnswer)
        }
    }

    @Test func `A token of 16 KiB is one, of a byte more is none`() throws {
        let longest = String(repeating: "t", count: 16 * 1024)
        #expect(try Sample.tokens(#"{"access_token":"\#(longest)"}"#).accessToken.revealed == longest)
        for field in [#""access_token":"t\#(longest)""#, #""access_token":"t","refresh_token":"t\#(longest)""#] {
            #expect(tokenError { try Sample.tokens("{\(field)}") }?.code == .unreadableAnswer)
        }
    }

    @Test func `An answer that was cut off is refused even if what came is whole`() {
        let response = WireResponse(status: 200, body: Data(#"{"access_token":"t"}"#.utf8), isCutOff: true)
        let error = tokenError { try WireConventions().tokens(in: response) }
        #expect(error?.code == .unreadableAnswer)
        #expect(error?.message.contains("larger than the limit") == true)
    }

    @Test(
        arguments: [
            (#""a b""#, ["a", "b"]), (#""a,b""#, ["a", "b"]), (#"" a , b ""#, ["a", "b"]), (#"["a","b"]"#, ["a", "b"]),
            (#"["a",1,"b"]"#, ["a", "b"]), (#""""#, []), ("null", nil), ("1", nil), ("{}", nil),
        ] as [(String, [String]?)]
    )
    func `Scopes are a text or a list`(_ json: String, _ scopes: [String]?) throws {
        #expect(try Sample.tokens(#"{"access_token":"t","scope":\#(json)}"#).scopes == scopes)
    }

    @Test func `Tokens in a form are read`() throws {
        let body = "access_token=gho_16C7e42F&scope=repo%2Cgist&token_type=bearer&expires_in=3600&refresh_token=r%2B1"
        let form: WireHeaders = ["Content-Type": "Application/X-WWW-Form-Urlencoded; charset=utf-8"]
        let set = try WireConventions().tokens(in: Sample.answer(body, headers: form))
        #expect(set.accessToken == "gho_16C7e42F")
        #expect(set.scopes == ["repo", "gist"])
        #expect(set.lifetime == .seconds(3600))
        #expect(set.refreshToken?.value == "r+1")
        for body in ["access_token=a&access_token=b", "access_token=%zz", "access_token=%ff", "", "&&=", "a b"] {
            let answer = Sample.answer(body, headers: form)
            #expect(tokenError { try WireConventions().tokens(in: answer) }?.code == .unreadableAnswer, "\(body)")
        }
    }

    /// Foundation was seen to crash where a text ends in the bracket after the last level that it takes.
    @Test func `A text that ends in any number of open brackets is a typed error`() {
        for depth in 490...530 {
            check(Data(Self.nested("[", "", depth).utf8))
            check(Data(Self.nested(#"{"a":"#, "{", depth).utf8))
            check(Data((#"{"access_token":"t","x":"# + Self.nested("[", "", depth)).utf8))
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `A great many small parts are read in one go`() throws {
        let members = String(repeating: #""a":1,"#, count: 60_000)
        #expect(try Sample.tokens("{\(members)\"access_token\":\"t\"}").accessToken == "t")
        let lists = Self.nested("[", "]", 490, around: "[" + String(repeating: "1,", count: 200_000) + "1]")
        check(Data(#"{"access_token":"t","errors":\#(lists)}"#.utf8))
    }

    /// Whatever it is, it must be read as tokens or refused with a typed error.
    private func check(_ body: Data) {
        let response = WireResponse(status: 200, body: body)
        for named in [NamedDialect.weTix, .revenueMonster] {
            _ = named.dialect.refusal(in: response)
            let read = Result { try named.dialect.tokens(in: response, for: Sample.exchange()) }
            if case .failure(let error) = read { #expect((error as? TokenError)?.code == .unreadableAnswer) }
        }
    }
}
