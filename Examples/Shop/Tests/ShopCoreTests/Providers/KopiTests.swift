import Foundation
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite struct KopiTests {
    @Test func `The dialect of the rewards program conforms`() async throws {
        let root = try #require(URL(string: "https://kopi.example"))
        let report = await conformance(of: KopiDialect(root: root))
        #expect(report.passes, "\(report)")
    }
}
