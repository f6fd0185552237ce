import Foundation
import OAuthDialects
import Testing

struct RetryAfterTests {
    /// 1994-11-06 08:49:37 GMT, RFC 9110's own example.
    static let instant = Date(timeIntervalSince1970: 784_111_777)

    private func retryAfter(_ value: String, date: String? = nil) -> RetryAfter? {
        var headers: WireHeaders = ["retry-after": value]
        headers["Date"] = date
        return Sample.standard().refusal(in: WireResponse(status: 503, headers: headers))?.retryAfter
    }

    @Test(arguments: [("0", 0), ("120", 120), (" 7 ", 7), ("007", 7), ("3600", 3600)])
    func `Seconds are a delay`(_ value: String, _ seconds: Int) {
        #expect(retryAfter(value) == .delay(.seconds(seconds)))
        #expect(retryAfter(value, date: "Sun, 06 Nov 1994 08:49:37 GMT") == .delay(.seconds(seconds)))
    }

    @Test func `A date stands for itself where the server does not tell its own`() {
        #expect(retryAfter("Sun, 06 Nov 1994 08:49:37 GMT") == .date(Self.instant))
    }

    @Test func `With the server's date the wait does not depend on our clock`() {
        let value = "Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(retryAfter(value, date: "Sun, 06 Nov 1994 08:48:37 GMT") == .delay(.seconds(60)))
        #expect(retryAfter(value, date: "Sun, 06 Nov 1994 09:00:00 GMT") == .delay(.zero))
        #expect(retryAfter(value, date: "yesterday") == .date(Self.instant))
    }

    @Test(arguments: ["99999999999", "9223372036854775807", String(repeating: "9", count: 400)])
    func `An absurd delay is a long one and overflows nothing`(_ value: String) {
        #expect(retryAfter(value) == .delay(.seconds(Int64(Int32.max))))
    }

    @Test(arguments: [
        "", " ", "-5", "1.5", "1e3", "soon", "+3", "٣", "0x10", "Sun, 06 Nov", "06 Nov 1994 08:49:37",
        "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT and more", "Xyz, 99 Foo 9999 99:99:99 GMT",
    ])
    func `Garbage is no wish at all`(_ value: String) {
        #expect(retryAfter(value) == nil)
    }

    @Test func `A refusal in an answer of status 200 has its wish too`() {
        let answer = Sample.answer(#"{"error":"slow_down"}"#, headers: ["Retry-After": "3"])
        #expect(Sample.standard().refusal(in: answer)?.retryAfter == .delay(.seconds(3)))
    }
}
