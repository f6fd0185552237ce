public import OAuthDialects

/// Judges a token store by what `TokenStore` promises: exclusion, fencing, cancellation while waiting, removal, restart.
///
/// ```swift
/// let report = await conformance(ofStore: { PostgresTokenStore(connection: address) })
/// #expect(report.passes, "\(report)")
/// ```
///
/// Its keys have a random part, so that a database may hold other records; what it wrote it removes. What several processes do
/// to one store is not tried: two handles stand for them.
///
/// - Parameters:
///   - makeStore: makes a handle on the store; each call one on the same data, as a process that starts anew has it. For a
///     store that lives in memory it returns the same store.
///   - patience: how long one check may take before it has failed.
/// - Returns: what was found.
public func conformance(
    ofStore makeStore: @escaping @Sendable () async throws -> any TokenStore,
    patience: Duration = .seconds(10)
) async -> ConformanceReport {
    let bench = StoreBench(makeStore)
    let cases = bench.reading + bench.saving + bench.fencing + bench.exclusion + bench.cancellation + bench.removal
    let run = ConformanceRun(subject: "Token store", patience: patience, secrets: StoreBench.secrets)
    let report = await run.report(of: cases + bench.separation + bench.restart + bench.printing)
    await bench.tidy(within: patience)
    return report
}
