import Foundation
import OAuthDialects
import Testing

struct WireHeadersTests {
    @Test(arguments: ["a\r\nX: y", "a\n", "\r", "a\0", "\u{1B}", "\u{7F}", "a\u{1}"])
    func `A value that would break out of its line is refused by the header's name`(_ value: String) {
        let headers: WireHeaders = ["Accept": "a", "X-Key": "canary" + value]
        let error = tokenError { try headers.check() }
        #expect(error?.code == .invalidRequest)
        #expect(error?.message.contains("X-Key") == true)
        #expect(error?.description.contains("canary") == false)
    }

    @Test(arguments: ["", " ", "a b", "a:", "a\r\n", "é", "\u{212A}", "(a)", "a/b", "\0", "a\"", "{}"])
    func `A name that is no token is refused`(_ name: String) {
        let headers: WireHeaders = [name: "v"]
        let error = tokenError { try headers.check() }
        #expect(error?.code == .invalidRequest)
        #expect(error?.description.unicodeScalars.contains("\r") != true)
    }

    @Test(arguments: ["", "a", "a\tb", "é", "a b", "!#$%&'*+-.^_`|~"])
    func `Other values are accepted`(_ value: String) throws {
        let headers: WireHeaders = ["!#$%&'*+-.^_`|~09azAZ": value]
        try headers.check()
    }

    @Test func `Names are compared without regard to ASCII case alone`() {
        var headers: WireHeaders = ["X-Kelvin": "k", "x-kelvin": "2"]
        #expect(headers["X-KELVIN"] == "k")
        #expect(headers["X-\u{212A}elvin"] == nil)
        #expect(headers["X-Kelvin "] == nil)
        headers["X-kelvin"] = "3"
        #expect(headers.fields.map(\.value) == ["3"])
        headers.append("X-Kelvin", "4")
        #expect(headers.fields.map(\.value) == ["3", "4"])
        headers["x-kelvin"] = nil
        #expect(headers.fields.isEmpty)
    }

    @Test func `A body brings its media type unless there is one`() throws {
        let url = try Sample.url("https://a.example/")
        #expect(WireRequest("POST", url, body: .json([])).headers["content-type"] == "application/json")
        #expect(
            WireRequest("POST", url, body: .form([])).headers["content-type"] == "application/x-www-form-urlencoded"
        )
        #expect(WireRequest("POST", url, body: .bytes(Data())).headers["content-type"] == nil)
        let own = WireRequest("POST", url, headers: ["content-type": "a/b"], body: .json([]))
        #expect(own.headers.fields.map(\.value) == ["a/b"])
    }
}
