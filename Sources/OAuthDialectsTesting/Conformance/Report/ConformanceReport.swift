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

        /// The stable name of the clause, by which it can be excused; `nil` in the kits for stores and transports.
        public let name: String?

        /// What to do about a failure; `nil` in the kits for stores and transports.
        public let advice: String?

        /// What was tried.
        public let tried: String

        /// The expected result.
        public let expected: String

        /// The actual result; the expected one, or what was measured, if the check passes.
        public let came: String

        /// Whether the check passes.
        public let passes: Bool

        /// Why the check need not pass; `nil` if it passes, or if its clause is not excused.
        public internal(set) var excuse: String?
    }

    /// The subject of the checks.
    public let subject: String

    /// Every check, in order.
    public let checks: [Check]

    /// The members of a dialect that behave otherwise than the protocol's defaults; empty for stores and transports.
    ///
    /// The kit compares results on its own inputs. A member that you wrote and that is missing here has a misspelled name or
    /// label, or differs from the default only for inputs that the kit does not try.
    public internal(set) var ownMembers: [String] = []

    /// The members of a dialect that behave as the protocol's defaults; empty for stores and transports.
    public internal(set) var defaultMembers: [String] = []

    /// Whether every check passes or is excused, and every excuse is needed.
    public var passes: Bool { !checks.isEmpty && failures.isEmpty }

    /// The checks that fail and are not excused.
    public var failures: [Check] { checks.filter { !$0.passes && $0.excuse == nil } }

    /// The checks that fail and are excused.
    public var excused: [Check] { checks.filter { $0.excuse != nil } }

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
        let passed = checks.count { $0.passes }
        let excuses = excused.isEmpty ? "" : ", and \(excused.count) \(excused.count == 1 ? "is" : "are") excused"
        var text = "\(subject): \(passed) of \(checks.count) checks pass\(excuses)\(passes ? "." : ":")\n"
        for clause in clauses { text += line(of: clause) }
        if !ownMembers.isEmpty || !defaultMembers.isEmpty {
            text += "  Own behavior: \(Self.list(ownMembers))\n  As by default: \(Self.list(defaultMembers))\n"
        }
        return failures.isEmpty ? text : text + ConformanceTable(failures).text
    }

    private func line(of clause: String) -> String {
        let own = checks.filter { $0.clause == clause }
        let fails = own.contains { !$0.passes && $0.excuse == nil }
        let excuse = own.lazy.compactMap(\.excuse).first
        let mark = fails ? "✗" : excuse == nil ? "✓" : "–"
        let name = own.first?.name.map { "\($0): " } ?? ""
        let count = "\(own.count { $0.passes }) of \(own.count)"
        let advice = own.lazy.filter { !$0.passes && $0.excuse == nil }.compactMap(\.advice).first
        let reason = excuse.map { "; excused: \($0)" } ?? ""
        return "  \(mark) \(name)\(clause): \(count)\(reason)\n" + (advice.map { "      \($0)\n" } ?? "")
    }

    private static func list(_ members: [String]) -> String {
        members.isEmpty ? "none" : members.joined(separator: ", ")
    }
}
