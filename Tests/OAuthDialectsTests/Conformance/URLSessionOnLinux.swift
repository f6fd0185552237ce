import Foundation
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
@Suite(.serialized, .timeLimit(.minutes(5)))
struct URLSessionOnLinuxTests {
    /// If one of these tests fails, Foundation has been mended: the clause leaves this file and the documentation.
    @Test(arguments: URLSessionOnLinux.fatal.sorted())
    func `A clause that is named as fatal ends the process`(clause: String) async {
        await #expect(processExitsWith: .failure) { [clause] in
            // Without Swift's backtraces, which take seconds of CPU time from other tests.
            for number in [SIGILL, SIGTRAP] { _ = signal(number, SIG_DFL) }
            _ = await conformance(ofTransport: URLSessionTransport.straight(), timeout: .seconds(5)) { $0 == clause }
        }
    }

    /// Without the clauses that take much CPU time.
    @Test(arguments: URLSessionOnLinux.broken.sorted().filter { $0.hasSuffix("valid form") })
    func `A clause that is named as broken fails`(clause: String) async {
        let transport = URLSessionTransport.straight()
        let report = await conformance(ofTransport: transport, timeout: .seconds(30)) { $0 == clause }
        #expect(!report.checks.isEmpty && !report.passes, "\(report)")
    }
}
#endif
