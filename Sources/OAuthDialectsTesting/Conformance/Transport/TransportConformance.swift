public import OAuthDialects

/// Tests a transport against the requirements of `WireTransport`, with servers on loopback.
///
/// The requirements: one exchange for each call, no redirects, cookies, or cache, bodies truncated while they arrive, unchanged
/// header bytes, every valid response read and every incomplete one refused, cancellation and timeout, and failures that say
/// whether the request may have arrived.
///
/// ```swift
/// let report = await conformance(ofTransport: AsyncHTTPClientTransport())
/// #expect(report.passes, "\(report)")
/// ```
///
/// The transport has to accept plain http to 127.0.0.1 and 127.0.0.2, and https to 127.0.0.1, where each handshake fails. The tests
/// take about ten seconds.
///
/// A transport that can't keep a requirement names its clause, as ``ConformanceReport/clauses`` spells it:
///
/// ```swift
/// let report = await conformance(ofTransport: transport, skipping: ["Trailers are not headers"])
/// ```
///
/// Some libraries end the process at an unusual response. Test a transport over such a library in a process of its own, where a
/// crash fails one test instead of ending them all:
///
/// ```swift
/// await #expect(processExitsWith: .success) {
///     let report = await conformance(ofTransport: transport)
///     #expect(report.passes, "\(report)")
/// }
/// ```
///
/// The check of CPU time is judged only if the process does nothing else, which such a process ensures too.
///
/// - Parameters:
///   - transport: the transport to test; it is not closed.
///   - timeout: how long one check may take before it fails.
///   - clauses: the clauses to skip; a name that is not a clause is reported as a failure.
/// - Returns: the report.
public func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration = .seconds(20),
    skipping clauses: Set<String> = []
) async -> ConformanceReport {
    let all = TransportBench(transport).all
    let unknown = clauses.subtracting(all.map(\.clause)).sorted().map(TransportBench.unknown)
    let run = ConformanceRun(subject: "Transport", timeout: timeout, secrets: TransportBench.secrets)
    return await run.report(of: unknown + all.filter { !clauses.contains($0.clause) })
}

/// Tests only some clauses, to the end or to the first failure.
package func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration,
    stopsAtFailure: Bool = false,
    where isTried: (_ clause: String) -> Bool
) async -> ConformanceReport {
    var run = ConformanceRun(subject: "Transport", timeout: timeout, secrets: TransportBench.secrets)
    run.stopsAtFailure = stopsAtFailure
    return await run.report(of: TransportBench(transport).all.filter { isTried($0.clause) })
}

extension TransportBench {
    /// Every check, in order.
    fileprivate var all: [ConformanceCase] {
        let requests = exchanges + repeats + crowds + unsendable
        let responses = answers + challenges + redirects + oddRedirects + memory + interim + heads + trailers
        let bodies = limits + compression
        return requests + responses + bodies + ending + cancelling + failures + cuts + handshakes() + waiting
    }

    fileprivate static func unknown(_ clause: String) -> ConformanceCase {
        ConformanceCase(clause: clause, tried: "to skip it", expected: "a clause of this kit") { "no such clause" }
    }
}
