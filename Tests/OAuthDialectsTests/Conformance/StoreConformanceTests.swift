import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StoreConformanceTests {
    @Test func `The store in memory keeps what a store promises`() async {
        let store = InMemoryTokenStore()
        let report = await conformance(ofStore: { store }, timeout: .seconds(60))
        #expect(report.passes, "\(report)")
        #expect(report.checks.count >= 25)
    }

    @Test func `The store in files keeps what a store promises`() async throws {
        let folder = try Folder()
        let report = await conformance(
            ofStore: { FileTokenStore(directory: folder.store) },
            timeout: .seconds(60)
        )
        #expect(report.passes, "\(report)")
    }

    @Test(arguments: BrokenStore.Fault.allCases)
    func `A store that breaks a promise is caught`(fault: BrokenStore.Fault) async {
        let store = BrokenStore(fault)
        let report = await conformance(
            ofStore: { fault == .forgets ? BrokenStore(fault) : store },
            timeout: .seconds(1)
        )
        #expect(report.failures.contains { $0.clause == fault.clause }, "\(fault): \(report)")
    }

    @Test func `A store whose factory throws fails every check, in bounded time, and shows no token`() async {
        let report = await conformance(ofStore: { throw WireFailure(.notConnected, mayHaveArrived: false) })
        #expect(!report.passes)
        #expect(report.failures.count == report.checks.count)
    }
}
