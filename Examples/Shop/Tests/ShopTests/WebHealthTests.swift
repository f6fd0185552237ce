import Hummingbird
import HummingbirdTesting
import Testing

@Suite struct WebHealthTests {
    @Test(arguments: [(true, 200), (false, 503)])
    func `Health is a status and JSON`(_ isHealthy: Bool, _ status: Int) async throws {
        try await WebTestSite(isHealthy: isHealthy).run { probe async throws in
            let answer = try await probe.get("/health")
            #expect(answer.status.code == status)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.headers[.setCookie] == nil)
            #expect(answer.text.contains("\"isHealthy\" : \(isHealthy)"))
            #expect(answer.text.contains("\"standing\" : \"noToken\""))
            for word in ["scopes", "account", "lastFailure", "expiresAt"] { #expect(!answer.text.contains(word)) }
        }
    }
}
