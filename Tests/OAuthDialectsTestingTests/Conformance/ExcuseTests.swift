import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A provider whose API rejects tokens with a 403 too.
private struct ForbiddingDialect: ProviderDialect {
    let name = "forbidding"
    let apiOrigins: APIOrigins = ["api.forbidding.example"]

    func tokenEndpoint(for grant: Grant) -> URL? { URL(string: "https://forbidding.example/token") }

    func isTokenRejection(_ response: WireResponse) -> Bool { [401, 403].contains(response.status) }
}

@Suite(.timeLimit(.minutes(2)))
struct ExcuseTests {
    private static let reason = "Forbidding answers 403 to an expired token."

    @Test func `Without an excuse, a habit fails the report and is named`() async {
        let report = await conformance(of: ForbiddingDialect())
        #expect(!report.passes)
        #expect(Set(report.failures.map(\.name)) == ["tokenRejections"], "\(report)")
        #expect("\(report)".contains("✗ tokenRejections: "))
        #expect(report.excused.isEmpty)
    }

    @Test func `An excused clause is reported with its reason`() async {
        let report = await conformance(of: ForbiddingDialect(), excusing: [.tokenRejections: Self.reason])
        #expect(report.passes, "\(report)")
        #expect(report.excused.map(\.excuse) == [Self.reason])
        #expect(report.excused.allSatisfy { !$0.passes && $0.name == "tokenRejections" })
        #expect("\(report)".contains("– tokenRejections: ") && "\(report)".contains("excused: \(Self.reason)"))
        #expect("\(report)".contains("1 is excused."))
        #expect(report.table.contains("– tokenRejections"))
    }

    @Test func `An excuse that is not needed any more fails the report`() async {
        let excuses: [DialectClause: String] = [.tokenRejections: Self.reason, .determinism: "It draws lots."]
        let report = await conformance(of: ForbiddingDialect(), excusing: excuses)
        #expect(report.failures.map(\.name) == ["determinism"], "\(report)")
        #expect(report.failures.first?.came.contains("remove the excuse") == true)
    }

    @Test func `An excuse of a clause that was not checked fails the report`() async {
        let excuses: [DialectClause: String] = [.tokenRejections: Self.reason, .documentedRequests: "None are shown."]
        let report = await conformance(of: ForbiddingDialect(), excusing: excuses)
        #expect(report.failures.map(\.name) == ["documentedRequests"], "\(report)")
        #expect(report.failures.first?.came.contains("no check of this clause ran") == true)
    }

    @Test(arguments: ["", "  ", "?"])
    func `An excuse needs a reason`(reason: String) async {
        let report = await conformance(of: ForbiddingDialect(), excusing: [.tokenRejections: reason])
        #expect(report.failures.map(\.expected) == ["a reason"], "\(report)")
    }
}
