public import OAuthDialects

/// Judges a dialect: its requests, its reading of answers and refusals, what it lets be printed, and a whole session with it.
///
/// ```swift
/// @Test func `My dialect is right`() async {
///     #expect(await conformance(of: MyDialect()).passes)
/// }
/// ```
///
/// Nothing is sent: the session runs against a ``ProviderSandbox`` on a clock that stands still. It is asynchronous because a
/// session is; everything else in it is pure. A dialect that wraps another is held against the one it wraps, which is found
/// among its stored properties: a member of `ProviderDialect` that falls back to RFC 6749 unseen is a failure.
///
/// - Parameters:
///   - dialect: what is judged.
///   - provider: who plays the provider; the dialect's own conventions unless told. Written from the documents, it judges more.
///   - answer: how the provider writes token answers; a flat object in the dialect's naming unless told.
///   - documented: requests as the provider's documents show them.
///   - wrapped: the dialect that it wraps, where that is in no stored property.
///   - timeout: how long one check may take before it fails.
/// - Returns: what was found.
public func conformance(
    of dialect: any ProviderDialect,
    playedBy provider: ProviderSandbox.Provider? = nil,
    answering answer: TokenAnswerShape? = nil,
    documented: [DocumentedRequest] = [],
    wrapping wrapped: (any ProviderDialect)? = nil,
    timeout: Duration = .seconds(10)
) async -> ConformanceReport {
    let bench = DialectBench(dialect, provider, answer, documented, wrapped)
    return await bench.report(timeout: timeout)
}

/// As ``conformance(of:playedBy:answering:documented:wrapping:timeout:)``, until the first failure.
package func firstFailure(
    of dialect: any ProviderDialect,
    playedBy provider: ProviderSandbox.Provider,
    documented: [DocumentedRequest]
) async -> ConformanceReport.Check? {
    let bench = DialectBench(dialect, provider, nil, documented, nil)
    return await bench.report(timeout: .seconds(5), stopsAtFailure: true).failures.first
}

extension DialectBench {
    fileprivate func report(timeout: Duration, stopsAtFailure: Bool = false) async -> ConformanceReport {
        let run = ConformanceRun(
            subject: "Dialect \(dialect.name)",
            timeout: timeout,
            stopsAtFailure: stopsAtFailure,
            secrets: secrets
        )
        let writing = identity + requests + encoding + secrecy + documents + browser
        let reading = lifetimes + answers + unreadable + refusals + remedies
        let rest = resources + printing + determinism + forwarding
        return await run.report(of: writing + reading + rest + clientSessions + userSessions)
    }
}
