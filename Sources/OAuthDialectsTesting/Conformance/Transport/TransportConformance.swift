public import OAuthDialects

/// Judges a transport by what `WireTransport` promises, against servers on loopback.
///
/// One exchange for each call, no redirect, no cookie, no cache, bodies cut off while they arrive, header bytes unchanged,
/// cancellation and timeout, and failures that say whether the request may have arrived.
///
/// ```swift
/// let report = await conformance(ofTransport: AsyncHTTPClientTransport())
/// #expect(report.passes, "\(report)")
/// ```
///
/// The transport has to take plain http to 127.0.0.1 and 127.0.0.2; it takes about two seconds.
///
/// - Parameters:
///   - transport: what is judged; it is not closed.
///   - timeout: how long one check may take before it fails.
/// - Returns: what was found.
public func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration = .seconds(20)
) async -> ConformanceReport {
    await conformance(ofTransport: transport, timeout: timeout) { _ in true }
}

/// Tries some clauses alone.
package func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration,
    where isTried: (_ clause: String) -> Bool
) async -> ConformanceReport {
    let bench = TransportBench(transport)
    let run = ConformanceRun(subject: "Transport", timeout: timeout, secrets: TransportBench.secrets)
    let cases = bench.exchanges + bench.answers + bench.redirects + bench.memory + bench.limits
    let all = cases + bench.ending + bench.failures + bench.unsendable
    return await run.report(of: all.filter { isTried($0.clause) })
}
