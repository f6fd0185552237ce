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

    /// The clauses that it breaks otherwise.
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
    /// If this fails, Foundation has been mended: `URLSessionOnLinux.fatal` and the documentation name it.
    @Test func `Trailers end the process`() async {
        await #expect(processExitsWith: .failure) {
            _ = await conformance(ofTransport: URLSessionTransport.straight(), timeout: .seconds(5)) {
                $0 == "Trailers are not headers"
            }
        }
    }
}
#endif
