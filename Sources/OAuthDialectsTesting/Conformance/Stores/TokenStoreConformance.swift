public import OAuthDialects

/// Checks a token store against the contract of `TokenStore`: reading, saving, fencing, exclusion, cancellation, and restart.
///
/// ```swift
/// let report = await conformance(ofStore: { PostgresTokenStore(connection: address) })
/// #expect(report.passes, "\(report)")
/// ```
///
/// The store may contain other records: the keys of the checks have a random part. The records of the checks stay in the store; the
/// identifiers of their keys start with `conformance=`. Two handles in one process stand for two processes.
///
/// - Parameters:
///   - makeStore: makes a handle. Every handle has the same data, like the store of a process that starts again. For a store in
///     memory, return the same store each time.
///   - timeout: how long one check may take before it fails.
/// - Returns: the result of each check.
public func conformance(
    ofStore makeStore: @escaping @Sendable () async throws -> any TokenStore,
    timeout: Duration = .seconds(30)
) async -> ConformanceReport {
    let bench = StoreBench(makeStore)
    let cases = bench.reading + bench.saving + bench.ending + bench.fencing + bench.exclusion + bench.cancellation
    let run = ConformanceRun(subject: "Token store", timeout: timeout, secrets: StoreBench.secrets)
    return await run.report(of: cases + bench.separation + bench.restart + bench.printing)
}
