public import OAuthDialects

/// Tests a dialect: its requests, its reading of responses and refusals, its redaction, and a whole session.
///
/// ```swift
/// @Test func `My dialect is right`() async {
///     #expect(await conformance(of: MyDialect()).passes)
/// }
/// ```
///
/// Nothing is sent: the session runs against a ``ProviderSandbox`` with a ``TestClock``. A dialect that wraps another is compared
/// with the wrapped one, which is found among its stored properties: a member of `ProviderDialect` that silently falls back to
/// RFC 6749 is a failure.
///
/// - Parameters:
///   - dialect: the dialect to test.
///   - provider: the provider to test against; by default one that follows the dialect's conventions. A provider written from
///     the documents finds more.
///   - answer: the shape of token responses; by default a flat object in the dialect's naming.
///   - documented: example requests from the provider's documents.
///   - wrapped: the wrapped dialect, if it is not in a stored property.
///   - signer: signs the requests of the sessions, for a provider that requires it.
///   - excuses: the clauses that the provider's habits break, each with the reason. An excuse that is not needed fails the report.
///   - timeout: how long one check may take before it fails.
/// - Returns: the report.
public func conformance(
    of dialect: any ProviderDialect,
    playedBy provider: ProviderSandbox.Provider? = nil,
    answering answer: TokenAnswerShape? = nil,
    documented: [DocumentedRequest] = [],
    wrapping wrapped: (any ProviderDialect)? = nil,
    signedBy signer: (any RequestSigner)? = nil,
    excusing excuses: [DialectClause: String] = [:],
    timeout: Duration = .seconds(30)
) async -> ConformanceReport {
    let bench = DialectBench(dialect, provider, answer, documented, wrapped, signer)
    return await bench.report(timeout: timeout, excuses: excuses)
}

/// Like ``conformance(of:playedBy:answering:documented:wrapping:signedBy:excusing:timeout:)``, but stops at the first failure.
package func firstFailure(
    of dialect: any ProviderDialect,
    playedBy provider: ProviderSandbox.Provider,
    documented: [DocumentedRequest]
) async -> ConformanceReport.Check? {
    let bench = DialectBench(dialect, provider, nil, documented, nil)
    return await bench.report(timeout: .seconds(5), stopsAtFailure: true).failures.first
}

extension DialectBench {
    fileprivate func report(
        timeout: Duration,
        stopsAtFailure: Bool = false,
        excuses: [DialectClause: String] = [:]
    ) async -> ConformanceReport {
        let run = ConformanceRun(
            subject: "Dialect \(dialect.name)",
            timeout: timeout,
            stopsAtFailure: stopsAtFailure,
            secrets: secrets,
            excuses: ConformanceExcuses(reasons: excuses)
        )
        let writing = identity + memberTypes + requests + encoding + secrecy + documents + browser
        let reading = lifetimes + answers + unreadable + refusals + remedies
        let rest = resources + printing + scrubbing + determinism + forwarding
        var report = await run.report(of: writing + reading + rest + clientSessions + userSessions + unknownSessions)
        (report.ownMembers, report.defaultMembers) = ownAndDefaultMembers
        return report
    }
}
