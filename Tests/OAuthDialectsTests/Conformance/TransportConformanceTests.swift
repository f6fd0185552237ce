import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// One after another, because a crowd takes half of the descriptors that a process may have.
    @Suite(.serialized, .timeLimit(.minutes(4)))
    struct TransportConformanceTests {
        @Test func `The system's transport keeps what a transport promises`() async {
            let report = await conformance(ofTransport: SystemTransport.system, timeout: .seconds(60))
            #expect(report.passes, "\(report)")
            #expect(report.checks.count >= 180)
        }

        @Test func `URLSession keeps what a transport promises, but for what Linux can't`() async {
            let transport = URLSessionTransport.straight()
            let report = await conformance(
                ofTransport: transport,
                timeout: .seconds(60),
                skipping: URLSessionOnLinux.missing
            )
            #expect(report.passes, "\(report)")
        }

        @Test func `A clause that the kit does not have can't be skipped`() async {
            let report = await conformance(
                ofTransport: Unsent(),
                timeout: .milliseconds(1),
                skipping: ["No such clause"]
            )
            #expect(report.failures.contains { $0.clause == "No such clause" })
        }

        #if os(Linux)
        @Test func `A thousand requests through four connections are answered or not sent`() async throws {
            var configuration = LibcurlTransport.Configuration()
            configuration.connectionsPerOrigin = 4
            let transport = try LibcurlTransport(configuration)
            let report = await conformance(ofTransport: transport, timeout: .seconds(60)) {
                $0 == "A crowd is answered or not sent"
            }
            #expect(report.passes && report.checks.count == 2, "\(report)")
        }
        #endif

        static let faults = BrokenTransport.Fault.allCases.flatMap { fault in fault.clauses.map { (fault, $0) } }

        @Test(arguments: faults.filter { $0.0 != .spins })
        func `A transport that breaks a promise is caught`(fault: BrokenTransport.Fault, clause: String) async {
            let isSlow = fault != .ignoresCancellation && fault != .ignoresTimeout && fault != .readsAll
            let timeout: Duration = isSlow ? .seconds(20) : .seconds(2)
            let transport = BrokenTransport(fault)
            let report = await conformance(ofTransport: transport, timeout: timeout, stopsAtFailure: true) {
                $0 == clause
            }
            #expect(!report.checks.isEmpty && !report.passes, "\(fault): \(report)")
            #expect(!isSlow || !report.failures.contains { $0.came.hasPrefix("nothing within") }, "\(report)")
        }

        /// In a process of its own, because the CPU time of other tests would count.
        @Test func `A transport that waits busily is caught, and the system's does not`() async {
            await #expect(processExitsWith: .success) {
                for (transport, passes) in [
                    (SystemTransport.system as any WireTransport, true), (BrokenTransport(.spins), false),
                ] {
                    let report = await conformance(ofTransport: transport, timeout: .seconds(20)) {
                        $0 == "Waiting takes no CPU"
                    }
                    #expect(report.passes == passes, "\(report)")
                    #expect(report.checks.first?.came.hasSuffix("of one core") == true, "\(report.table)")
                }
            }
        }
    }
}

/// Fails before it sends anything.
private struct Unsent: WireTransport {
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        throw WireFailure(.notConnected, mayHaveArrived: false)
    }
}
