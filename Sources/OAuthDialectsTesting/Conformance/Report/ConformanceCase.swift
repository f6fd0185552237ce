internal import OAuthDialects

/// One check and how to run it.
struct ConformanceCase: Sendable {
    let clause: String

    /// The stable name of the clause, by which it can be excused.
    var name: String?

    /// What to do about a failure.
    var advice: String?

    let tried: String
    let expected: String

    /// What a check measures, for the report.
    var measured: Locked<String?>?

    /// The actual result if it differs from the expected one; otherwise `nil`.
    let deviation: @Sendable () async throws -> String?
}

extension ConformanceCase {
    /// A check of a clause of a dialect.
    init(
        _ clause: DialectClause,
        _ tried: String,
        _ expected: String,
        _ deviation: @escaping @Sendable () async throws -> String?
    ) {
        self.init(
            clause: clause.promise,
            name: clause.name,
            advice: clause.advice,
            tried: tried,
            expected: expected,
            deviation: deviation
        )
    }
}

/// Runs the checks of one subject.
struct ConformanceRun {
    let subject: String
    let timeout: Duration

    /// Whether to stop at the first failure, as tests of the kit itself do.
    var stopsAtFailure = false

    /// The secrets that must not appear in a report.
    var secrets: [Secret] = []

    /// The clauses that need not hold.
    var excuses = ConformanceExcuses(reasons: [:])

    /// Runs one check after another, whatever their results.
    func report(of cases: [ConformanceCase]) async -> ConformanceReport {
        var checks: [ConformanceReport.Check] = []
        for one in cases where !stopsAtFailure || checks.allSatisfy(\.passes) { checks.append(await check(one)) }
        return ConformanceReport(subject: subject, checks: excuses.apply(to: checks))
    }

    private func check(_ one: ConformanceCase) async -> ConformanceReport.Check {
        let came = await deviation(of: one).map(ScrubbedText(secrets).text)
        return ConformanceReport.Check(
            clause: one.clause,
            name: one.name,
            advice: one.advice,
            tried: one.tried,
            expected: one.expected,
            came: came ?? one.measured?.withLock(\.self) ?? one.expected,
            passes: came == nil
        )
    }

    private func deviation(of one: ConformanceCase) async -> String? {
        let clock = SystemClock()
        do {
            let outcome = try await clock.value(by: clock.now + timeout) { try await one.deviation() }
            guard let outcome else { return "nothing within \(timeout)" }
            return outcome
        } catch {
            return "an error: \(error)"
        }
    }
}

/// Text from the subject, scrubbed and shortened for a report.
struct ScrubbedText {
    private let scrubber: Scrubber

    init(_ secrets: [Secret]) {
        scrubber = Scrubber(secrets)
    }

    func text(_ text: String) -> String {
        String(scrubber.scrub(text).prefix(400))
    }
}
