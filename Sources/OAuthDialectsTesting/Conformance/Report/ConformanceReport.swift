/// The result of a conformance kit, printed as a table.
///
/// ```swift
/// let report = await conformance(ofStore: { store })
/// #expect(report.passes, "\(report)")                          // Swift Testing
/// XCTAssertTrue(report.passes, report.description)              // XCTest
/// ```
public struct ConformanceReport: Sendable {
    /// One check.
    public struct Check: Sendable {
        /// The promise under test, with its source if it has one.
        public let clause: String

        /// What was tried.
        public let tried: String

        /// The expected result.
        public let expected: String

        /// The actual result; the expected one, or what was measured, if the check passes.
        public let came: String

        /// Whether the check passes.
        public let passes: Bool
    }

    /// The subject of the checks.
    public let subject: String

    /// Every check, in order.
    public let checks: [Check]

    /// Whether every check passes.
    public var passes: Bool { !checks.isEmpty && failures.isEmpty }

    /// The checks that fail.
    public var failures: [Check] { checks.filter { !$0.passes } }

    /// The clauses in order, each once.
    public var clauses: [String] {
        checks.reduce(into: []) { if !$0.contains($1.clause) { $0.append($1.clause) } }
    }

    /// Every check as a table; ``description`` shows only those that fail.
    public var table: String {
        ConformanceTable(checks).text
    }
}

extension ConformanceReport: CustomStringConvertible {
    public var description: String {
        let passed = checks.count - failures.count
        var text = "\(subject): \(passed) of \(checks.count) checks pass\(passes ? "." : ":")\n"
        for clause in clauses {
            let own = checks.filter { $0.clause == clause }
            let failed = own.count { !$0.passes }
            text += "  \(failed == 0 ? "✓" : "✗") \(clause): \(own.count - failed) of \(own.count)\n"
        }
        return failures.isEmpty ? text : text + ConformanceTable(failures).text
    }
}
