import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite struct WebWebhookTests {
    @Test(arguments: ["/webhooks/revenue-monster", "/webhooks/wetix"])
    func `A webhook counts by its signature, whatever its origin`(_ path: String) async throws {
        try await WebTestSite().run { provider async throws in
            let signature = try #require(HTTPField.Name("X-Signature"))
            let right = try await provider.send(path, .post, [signature: "right"], ByteBuffer(string: "{}"))
            #expect(right.status == .ok)
            #expect(right.headers[.setCookie] == nil)
            for headers in [[signature: "wrong"], [:]] as [HTTPFields] {
                let forged = try await provider.send(path, .post, headers, ByteBuffer(string: "{}"))
                #expect(forged.status == .forbidden)
            }
            #expect(try await provider.get(path).status == .notFound)
        }
    }
}
