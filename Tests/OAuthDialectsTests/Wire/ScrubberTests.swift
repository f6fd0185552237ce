import Foundation
import OAuthDialects
import Testing

struct ScrubberTests {
    static let secret = "s3cr+t/%&=\"\\ é?~x"
    static let exchange = Sample.exchange(id: "an id+1", secret: secret)
    private static let allowed = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    )

    static func spellings() throws -> [String] {
        let percent = try #require(secret.addingPercentEncoding(withAllowedCharacters: allowed))
        let json = String(decoding: try JSONEncoder().encode(secret), as: UTF8.self).dropFirst().dropLast()
        let form = FormEncoding.encode(secret)
        let pair = "an id+1:\(secret)"
        let encodedPair = FormEncoding.encode("an id+1") + ":" + form
        let base64 = [secret, pair, encodedPair].map { Data($0.utf8).base64EncodedString() }
        let url = base64.map { $0.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "") }
        return [
            secret, percent, percent.lowercased(), percent.replacing("%2F", with: "%2f"), form, form.lowercased(),
            String(json),
            String(json).replacing(#"\/"#, with: "/"), pair, encodedPair, FormEncoding.encode(form),
            secret.replacing("&", with: "&amp;").replacing("\"", with: "&quot;"),
        ] + base64 + url + base64.map { $0.replacing("=", with: "") } + base64.map { FormEncoding.encode($0) }
    }

    @Test(arguments: ["", "x", "\u{301}", "\u{200D}", "\u{FE0F}", "'", "\n", "é", "😀"])
    func `A secret is taken out however it is spelled and whatever stands beside it`(_ beside: String) throws {
        for spelling in try Self.spellings() {
            let scrubbed = Scrubber(Self.exchange).scrub("before\(beside)\(spelling)\(beside)after")
            #expect(Array(scrubbed.utf8) == Array("before\(beside)<redacted>\(beside)after".utf8), "\(spelling)")
        }
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
        let scrubber = Scrubber(["abcdef", "defghi", "cd", "aa"])
        #expect(scrubber.scrub("xabcdefghiy") == "x<redacted>y")
        #expect(scrubber.scrub("abcdefabcdef") == "<redacted>")
        #expect(scrubber.scrub("cdcd-cd") == "<redacted>-<redacted>")
        #expect(scrubber.scrub("aaa") == "<redacted>")
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
