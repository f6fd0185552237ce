/// The excuses of a dialect's test: which clauses need not hold, and why.
struct ConformanceExcuses: Sendable {
    let reasons: [DialectClause: String]

    /// Marks the excused failures, and adds a failure for each excuse that is not needed or has no reason.
    func apply(to checks: [ConformanceReport.Check]) -> [ConformanceReport.Check] {
        let reasons = Dictionary(self.reasons.map { ($0.key.name, $0.value) }) { first, _ in first }
        let marked = checks.map { check in
            var check = check
            if !check.passes, let name = check.name { check.excuse = reasons[name] }
            return check
        }
        let clauses = self.reasons.keys.sorted { $0.name < $1.name }
        return marked + clauses.flatMap { clause in faults(of: clause, in: marked) }
    }

    private func faults(of clause: DialectClause, in checks: [ConformanceReport.Check]) -> [ConformanceReport.Check] {
        let reason = reasons[clause] ?? ""
        let own = checks.filter { $0.name == clause.name }
        var faults: [(expected: String, came: String)] = []
        if !reason.contains(where: \.isLetter) {
            faults.append(("a reason", "none: say which habit of the provider breaks this clause"))
        }
        if own.isEmpty {
            faults.append(("a failure that it excuses", "no check of this clause ran: remove the excuse"))
        } else if own.allSatisfy(\.passes) {
            faults.append(("a failure that it excuses", "every check of this clause passes: remove the excuse"))
        }
        return faults.map { expected, came in
            ConformanceReport.Check(
                clause: clause.promise,
                name: clause.name,
                advice: nil,
                tried: "the excuse \"\(reason)\"",
                expected: expected,
                came: came,
                passes: false
            )
        }
    }
}
