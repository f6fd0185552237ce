import Foundation
import OAuthDialects
import Testing

struct HeaderNameTests {
    @Test(arguments: ["Authorization: Bearer canary-token", "canary token", "canary\r\nX: 1", "", "é-canary"])
    func `A header name that can't be one is not printed`(_ name: String) throws {
        let headers: WireHeaders = [name: "1"]
        let error = try #require(throws: TokenError.self) { try headers.check() }
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("\(name.utf8.count) bytes"))
        let request = WireRequest("GET", try Sample.url("https://api.acme.example/"), headers: headers)
        for text in ["\(error)", "\(headers)", "\(request)"] { #expect(!text.contains("canary"), "\(text)") }
    }
}
