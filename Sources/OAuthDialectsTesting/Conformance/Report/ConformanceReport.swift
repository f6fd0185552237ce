/// What a conformance kit found; it prints as a table for a person to read.
///
/// ```swift
/// let report = await conformance(ofStore: { store })
/// #expect(report.passes, "\(report)")                          // Swift Testing
/// XCTAssertTrue(report.passes, report.description)              // XCTest
/// ```
public struct ConformanceReport: Sendable {
    /// One thing that was tried.
    public struct Check: Sendable {
        /// Which promise it is about, with its source where that is a document.
        public let clause: String

        /// What was tried.
        public let tried: String

        /// What should have come.
        public let expected: String

        /// What came; what was expected where the check passes.
        public let came: String

        /// Whether what came is what should have.
        public let passes: Bool
    }

    /// What was judged.
    public let subject: String

    /// Everything that was tried, in order.
    public let checks: [Check]

    /// Whether every check passes.
    public var passes: Bool { !checks.isEmpty && failures.isEmpty }

    /// The checks that don't pass.
    public var failures: [Check] { checks.filter { !$0.passes } }

    /// The clauses in the order in which they were tried, each once.
    public var clauses: [String] {
        checks.reduce(into: []) { if !$0.contains($1.clause) { $0.append($1.clause) } }
    }

    /// Every check as a table; ``description`` has those that fail.
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
