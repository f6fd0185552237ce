import Foundation
import OAuthDialects
import Testing

struct ScrubberTests {
    static let secret = "s3cr+t/%&=\"\\ é?~x"
    static let exchange = Sample.exchange(id: "an id+1", secret: secret)
    private static let allowed = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    )

    /// Spellings of which exactly the secret is taken out.
    static func spellings() throws -> [String] {
        let percent = try #require(secret.addingPercentEncoding(withAllowedCharacters: allowed))
        let json = String(decoding: try JSONEncoder().encode(secret), as: UTF8.self).dropFirst().dropLast()
        let form = FormEncoding.encode(secret)
        let every = secret.utf8.map { byte in "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return [
            secret, secret.uppercased().replacing("É", with: "é"), percent, percent.lowercased(),
            form, form.lowercased(),
            percent.replacing("%2F", with: "%2f"), String(json), String(json).replacing(#"\/"#, with: "/"), every,
            every.uppercased(), every.replacing("%", with: "%25"), FormEncoding.encode(form),
            secret.replacing("&", with: "&amp;").replacing("\"", with: "&quot;"),
            secret.unicodeScalars.map { "&#\($0.value);" }.joined(),
            secret.unicodeScalars.map { "&#x\(String($0.value, radix: 16));" }.joined(),
            secret.utf16.map { "\\u00" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            secret.replacing("&", with: "\\u0026").replacing("\"", with: "\\u0022"),
        ]
    }

    /// Spellings in which the secret has no borders of its own.
    static func codes() -> [String] {
        let hexadecimal = secret.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        let form = FormEncoding.encode(secret)
        let texts = [secret, "x\(secret)", "xy\(secret)z", "an id+1:\(secret)", "an+id%2B1:\(form)", form]
        let base64 = texts.map { Data($0.utf8).base64EncodedString() }
        let url = base64.map { $0.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "") }
        let all =
            [hexadecimal.joined(), hexadecimal.joined().uppercased(), hexadecimal.joined(separator: ":")]
            + base64 + url
        return all + all.map { FormEncoding.encode($0) } + base64.map { Data($0.utf8).base64EncodedString() }
    }

    @Test(arguments: ["", "x", "\u{301}", "\u{200D}", "\u{FE0F}", "'", "\n", "é", "😀"])
    func `A secret is taken out however it is spelled and whatever stands beside it`(_ beside: String) throws {
        for spelling in try Self.spellings() {
            let scrubbed = Scrubber(Self.exchange).scrub("before\(beside)\(spelling)\(beside)after")
            #expect(Array(scrubbed.utf8) == Array("before\(beside)<redacted>\(beside)after".utf8), "\(spelling)")
        }
        for code in Self.codes() {
            let scrubbed = Scrubber(Self.exchange).scrub("before\(beside)\(code)\(beside)after")
            // To `String`, a mark that follows changes the last character.
            let plain = String(decoding: scrubbed.utf8.filter { $0 < 0x80 }, as: UTF8.self)
            #expect(plain.contains("<redacted>"), "\(code)")
            #expect(!Self.shares(24, of: code, with: scrubbed), "\(code): \(scrubbed)")
        }
        #expect(Scrubber(Self.exchange).scrub("before \(beside) after") == "before \(beside) after")
    }

    /// Whether two texts have so many characters in a row in common.
    static func shares(_ count: Int, of text: String, with other: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= count else { return other.contains(text) }
        return (0...(bytes.count - count)).contains { start in
            other.contains(String(decoding: bytes[start..<(start + count)], as: UTF8.self))
        }
    }

    @Test func `Any eight bytes of a secret are taken out, and seven are not`() {
        let secret = "Zq3vR8mK1xWp"
        let scrubber = Scrubber([Secret(secret)])
        for length in 0...secret.count {
            for start in 0...(secret.count - length) {
                let part = String(secret.dropFirst(start).prefix(length))
                #expect(scrubber.scrub("a-\(part)-b") == (length < 8 ? "a-\(part)-b" : "a-<redacted>-b"))
            }
        }
    }

    @Test(arguments: [1, 5, 7, 9, 13])
    func `A secret that is divided between two fields, or by white space, is taken out`(_ length: Int) throws {
        let secret = "Zq3vR8mK1xWp7b"
        let scrubber = Scrubber([Secret(secret)])
        let (head, tail) = (String(secret.prefix(length)), String(secret.dropFirst(length)))
        let texts = [
            scrubber.scrub(Refusal(status: 400, code: "code_\(head)", message: "\(tail) is wrong")),
            scrubber.scrub(Refusal(status: 400, code: tail, message: "It was \(head)")),
        ].map { "\($0)" }
        #expect(texts == ["HTTP 400, code_<redacted>, <redacted> is wrong", "HTTP 400, <redacted>, It was <redacted>"])
        #expect(scrubber.scrub("x \(head) \(tail) y") == "x <redacted> y")
        let error = scrubber.scrub(TokenError(.refused, "It was \(head)", hint: "\(tail)?"))
        #expect([error.message, error.hint] == ["It was <redacted>", "<redacted>?"])
    }

    @Test func `A short secret is taken out where it stands alone, and garbles no error`() {
        let message = "The client can't authenticate: the secret is not acceptable."
        for secret in ["a", "t", "the", "cant", "client", "e", ":", " ", ".", "is"] {
            let scrubbed = Scrubber([Secret(secret)]).scrub(message)
            #expect(scrubbed.components(separatedBy: "<redacted>").count <= 3, "\(secret): \(scrubbed)")
        }
        let scrubber = Scrubber(["s3cret"])
        let base64 = Data("client:s3cret".utf8).base64EncodedString()
        #expect(scrubber.scrub("secret s3cret, s3crets") == "secret <redacted>, s3crets")
        for spelling in ["%73%33cret", "s3cre&#116;", "\\u0073\\u0033cret", "733363726574", "czNjcmV0", base64] {
            #expect(scrubber.scrub("a \(spelling) b").contains("<redacted>"), "\(spelling)")
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: ["a", "%", "%2", "&#", "&amp;", "\\u00", "Zq3v", "Zq3vR8m ", "00", "=", "\n"]
    )
    func `A hostile megabyte takes no time`(_ part: String) {
        let secret = Secret(String(repeating: "Zq3vR8m", count: 2000) + String(repeating: part, count: 1000))
        let scrubber = Scrubber([secret, "aaaaaaaaaaaaaaab", "00000000000000001"])
        let text = String(repeating: part, count: (1 << 20) / part.utf8.count)
        let refusal = scrubber.scrub(Refusal(status: 400, code: text, message: text))
        for text in [refusal.code, refusal.message] { #expect(text?.utf8.count ?? .max <= ProviderText.maximumBytes) }
    }

    @Test func `Every secret of a grant is taken out`() throws {
        let grants: [(Grant, [String])] = [
            (.clientCredentials(), [Sample.clientSecret]),
            (try Sample.refresh(), [Sample.clientSecret, Sample.refreshToken]),
            (
                .authorizationCode("code-1", redirectURI: nil, codeVerifier: "verifier-1"),
                ["code-1", "verifier-1", Sample.clientSecret]
            ),
            (
                .other(type: "t", fields: [("a", "field-1"), ("b", "field-2")]),
                ["field-1", "field-2", Sample.clientSecret]
            ),
        ]
        for (grant, secrets) in grants {
            let scrubbed = Scrubber(Sample.exchange(grant)).scrub(secrets.joined(separator: " and "))
            #expect(scrubbed == [String](repeating: "<redacted>", count: secrets.count).joined(separator: " and "))
        }
    }

    @Test func `Secrets that overlap, touch or hold each other leave nothing`() {
        let scrubber = Scrubber(["abcdefghij", "fghijklmno", "cdefghij", "aaaaaaaaa"])
        #expect(scrubber.scrub("xabcdefghijklmnoy") == "x<redacted>y")
        #expect(scrubber.scrub("abcdefghijabcdefghij") == "<redacted>")
        #expect(scrubber.scrub("cdefghij-cdefghij") == "<redacted>-<redacted>")
        #expect(scrubber.scrub("aaaaaaaaaaaa") == "<redacted>")
        #expect(Scrubber(["red"]).scrub("a red b") == "a <redacted> b")
        #expect(Scrubber([]).scrub("text") == "text")
        #expect(Scrubber([""]).scrub("text") == "text")
        #expect(scrubber.scrub("") == "")
    }

    @Test(arguments: 480..<520)
    func `A secret across the cut leaves no part of itself`(_ padding: Int) throws {
        let message = String(repeating: ".", count: padding) + Sample.clientSecret + "tail"
        let refusal = Scrubber(Sample.exchange()).scrub(Refusal(status: 400, code: message, message: message))
        for text in [refusal.code, refusal.message] {
            let shown = try #require(text)
            let end = shown.drop { $0 == "." }.replacing("…", with: "")
            #expect("<redacted>tail".hasPrefix(end), "\(end)")
            #expect(shown.utf8.count <= 512)
        }
    }

    @Test func `A provider's words can't act on a terminal or a log`() {
        let hostile = "a\u{1B}[31m\r\nforged: line\u{0}\u{7F}\u{85}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{2028}\u{2029}z"
        let refusal = Scrubber(Sample.exchange()).scrub(Refusal(status: 400, code: hostile, message: hostile))
        let escaped =
            #"a\u{1b}[31m\u{d}\u{a}forged: line\u{0}\u{7f}\u{85}\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\u{2029}z"#
        #expect(refusal.code == escaped)
        #expect(refusal.message == escaped)
    }

    @Test(arguments: ["x", "é", "😀", "\n", "\u{202E}", "e\u{301}", "\u{301}"])
    func `A text is cut at 512 bytes, at the end of a character`(_ part: String) {
        for count in [1, 100, 511, 512, 513, 5000] {
            let text = ProviderText.clean(String(repeating: part, count: count))
            #expect(text.utf8.count <= ProviderText.maximumBytes)
            #expect(!text.contains("\u{FFFD}"))
            let whole = ProviderText.escape(String(repeating: part, count: count))
            #expect(whole.utf8.count <= 512 ? text == whole : text.hasSuffix("…"))
        }
    }

    @Test func `Status and wish are left as they are`() {
        let refusal = Refusal(status: 429, code: "slow_down", message: "wait", retryAfter: .delay(.seconds(3)))
        #expect(Scrubber(Sample.exchange()).scrub(refusal) == refusal)
    }
}
