import OAuthDialects
import OAuthDialectsTesting
import Testing
import XCTest

/// The kits as users call them, in either test framework and with default settings.
struct ConformanceTests {
    @Test func `A dialect of one's own conforms`() async {
        #expect(await conformance(of: AcmeDialect()).passes)
    }

    @Test func `A store and a transport of one's own are judged`() async {
        let store = InMemoryTokenStore()
        #expect(await conformance(ofStore: { store }).passes)
        let report = await conformance(ofTransport: Silent(), timeout: .milliseconds(100))
        #expect(!report.passes && report.clauses.count > 5)
    }
}

/// The same with XCTest.
final class ConformanceTestCase: XCTestCase {
    func testDialect() async {
        let report = await conformance(of: AcmeDialect())
        XCTAssertTrue(report.passes, report.description)
    }
}

private struct Silent: WireTransport {
    private struct Nothing: Error {}

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse { throw Nothing() }
}
