import Foundation
import OAuthDialects
import Testing

struct LifetimeTests {
    static let century = 100 * 365 * 86_400

    @Test(arguments: [
        ("3600", 3600), ("3600.0", 3600), ("3.6e3", 3600), ("3599.999", 3599), (#""3600""#, 3600), (#""3599.9""#, 3599),
        (#""+60""#, 60), ("0", 0), ("-0", 0), ("-0.0", 0), (#""-0""#, 0), ("0.9", 0), ("-1", 0), (#""-3600""#, 0),
        ("-1e400", 0),
        ("1576799999", 1_576_799_999), (#""1576799999""#, 1_576_799_999), ("1e400", century), (#""1e400""#, century),
        ("9223372036854775807", century), ("9223372036854775808", century), ("3153600000", century),
        ("3153600001", century),
        ("1e-400", 0),
    ])
    func `A number or its text is a lifetime, between nothing and a century`(_ json: String, _ seconds: Int) throws {
        #expect(try Sample.lifetime(json) == .seconds(seconds))
    }

    @Test func `Four hundred digits are a century`() throws {
        let digits = String(repeating: "9", count: 400)
        #expect(try Sample.lifetime(digits) == .seconds(Self.century))
        #expect(try Sample.lifetime("\"\(digits)\"") == .seconds(Self.century))
        #expect(try Sample.lifetime("-" + digits) == .zero)
    }

    @Test(arguments: [
        "null", "true", "false", "[]", "[3600]", "{}", #"{"seconds":3600}"#, #""""#, #"" ""#, #""NaN""#, #""nan""#,
        #""inf""#,
        #""-infinity""#, #""0x10""#, #""3600s""#, #""3,600""#, #""one hour""#, #""2026-01-01T00:00:00Z""#, #""٣""#,
        #""1e""#, #""--1""#,
        "1-2", "01x".replacing("x", with: "-"),
    ])
    func `What is no number is not stated`(_ json: String) throws {
        #expect(try Sample.lifetime(json) == nil)
    }

    @Test func `A lifetime that is missing is not stated`() throws {
        #expect(try Sample.tokens(#"{"access_token":"t"}"#).lifetime == nil)
    }

    @Test func `The refresh token's lifetime is read in the same way`() throws {
        for json in ["31536000", #""31536000""#, "31536000.5"] {
            let body = #"{"accessToken":"t","refreshTokenExpiresIn":\#(json)}"#
            #expect(try Sample.tokens(body).refreshTokenLifetime == .seconds(31_536_000))
        }
    }

    @Test func `Adding the longest lifetime to any instant overflows nothing`() throws {
        let longest = try #require(try Sample.lifetime("1e400"))
        #expect(ContinuousClock.now + longest > .now)
        #expect(Date.distantFuture.addingTimeInterval(Double(longest.components.seconds)) > .distantFuture)
    }
}
