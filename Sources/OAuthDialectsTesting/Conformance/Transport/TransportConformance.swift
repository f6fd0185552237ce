public import OAuthDialects

/// Tests a transport against the requirements of `WireTransport`, with servers on loopback.
///
/// The requirements: one exchange for each call, no redirects, cookies, or cache, bodies truncated while they arrive, unchanged
/// header bytes, cancellation and timeout, and failures that say whether the request may have arrived.
///
/// ```swift
/// let report = await conformance(ofTransport: AsyncHTTPClientTransport())
/// #expect(report.passes, "\(report)")
/// ```
///
/// The transport has to accept plain http to 127.0.0.1 and 127.0.0.2. The tests take about two seconds.
///
/// - Parameters:
///   - transport: the transport to test; it is not closed.
///   - timeout: how long one check may take before it fails.
/// - Returns: the report.
public func conformance(
    ofTransport transport: any WireTransport,
    timeout: Duration = .seconds(20)
) async -> ConformanceReport {
    await conformance(ofTransport: transport, timeout: timeout) { _ in true }
}

/// Tests only some clauses.
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
