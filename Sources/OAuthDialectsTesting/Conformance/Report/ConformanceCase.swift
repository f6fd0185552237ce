internal import OAuthDialects

/// One thing to try, and how.
struct ConformanceCase: Sendable {
    let clause: String
    let tried: String
    let expected: String

    /// What came instead of what is expected; `nil` if that came.
    let deviation: @Sendable () async throws -> String?
}

/// Everything that is tried of one subject.
struct ConformanceRun {
    let subject: String
    let timeout: Duration

    /// Whether the first failure is enough, as it is where the kit itself is on trial.
    var stopsAtFailure = false

    /// What must not be in a report, whatever the subject throws.
    var secrets: [Secret] = []

    /// Tries one thing after the other; none of them can keep the others from being tried.
    func report(of cases: [ConformanceCase]) async -> ConformanceReport {
        var checks: [ConformanceReport.Check] = []
        for one in cases where !stopsAtFailure || checks.allSatisfy(\.passes) { checks.append(await check(one)) }
        return ConformanceReport(subject: subject, checks: checks)
    }

    private func check(_ one: ConformanceCase) async -> ConformanceReport.Check {
        let came = await deviation(of: one).map(ScrubbedText(secrets).text)
        return ConformanceReport.Check(
            clause: one.clause,
            tried: one.tried,
            expected: one.expected,
            came: came ?? one.expected,
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

/// A text from elsewhere, made fit for a report.
struct ScrubbedText {
    private let scrubber: Scrubber

    init(_ secrets: [Secret]) {
        scrubber = Scrubber(secrets)
    }

    func text(_ text: String) -> String {
        String(scrubber.scrub(text).prefix(400))
    }
}
