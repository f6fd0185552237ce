import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TransportConformanceTests {
    @Test func `The system's transport keeps what a transport promises`() async {
        let report = await conformance(ofTransport: SystemTransport.system, timeout: .seconds(60))
        #expect(report.passes, "\(report)")
        #expect(report.checks.count >= 60)
    }

    @Test func `URLSession keeps what a transport promises`() async {
        let report = await conformance(ofTransport: URLSessionTransport.straight(), timeout: .seconds(60))
        #expect(report.passes, "\(report)")
    }

    @Test(arguments: BrokenTransport.Fault.allCases)
    func `A transport that breaks a promise is caught`(fault: BrokenTransport.Fault) async {
        let report = await conformance(ofTransport: BrokenTransport(fault), timeout: .seconds(2)) {
            $0 == fault.clause
        }
        #expect(!report.checks.isEmpty && !report.passes, "\(fault): \(report)")
    }
}
