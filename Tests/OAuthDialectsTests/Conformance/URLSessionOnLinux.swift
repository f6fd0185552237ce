import OAuthDialects
import OAuthDialectsTesting
import Testing

/// The clauses that `URLSession` can't keep on Linux (Swift 6.3.1); nothing above it can mend that.
enum URLSessionOnLinux {
    /// The clauses at which it ends the process.
    static let fatal: Set<String> = [
        "Trailers are not headers",
        "A response that is cut is a failure",
        "A redirect to nowhere is returned",
    ]

    /// The clauses of which it fails some checks.
    static let broken: Set<String> = [
        "Header fields in every valid form",
        "Status lines in every valid form",
        "A failed handshake sends nothing",
        "A crowd is answered or not sent",
        "Waiting takes no CPU",
    ]

    #if os(Linux)
    static let missing = fatal.union(broken)
    #else
    static let missing: Set<String> = []
    #endif
}

#if os(Linux)
@Suite(.timeLimit(.minutes(2)))
struct URLSessionOnLinuxTests {
    /// If one of these tests fails, Foundation has been mended: the clause leaves this file and the documentation.
    @Test(arguments: URLSessionOnLinux.fatal.sorted())
    func `A clause that is named as fatal ends the process`(clause: String) async {
        await #expect(processExitsWith: .failure) { [clause] in
            _ = await conformance(ofTransport: URLSessionTransport.straight(), timeout: .seconds(5)) { $0 == clause }
        }
    }

    /// Without the clause on CPU time, because a busy machine gives a process little of it.
    @Test(arguments: URLSessionOnLinux.broken.subtracting(["Waiting takes no CPU"]).sorted())
    func `A clause that is named as broken fails`(clause: String) async {
        await #expect(processExitsWith: .success) { [clause] in
            let transport = URLSessionTransport.straight()
            let report = await conformance(ofTransport: transport, timeout: .seconds(10)) { $0 == clause }
            #expect(!report.checks.isEmpty && !report.passes, "\(report)")
        }
    }
}
#endif
