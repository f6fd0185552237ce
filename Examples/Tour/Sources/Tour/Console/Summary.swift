import Foundation
import OAuthDialectsTesting

/// The table at the end, and commands to try next.
struct Summary {
    struct Row {
        let provider: String
        let counters: SandboxCounters
        let calls: (made: Int, failed: Int)

        var cells: [String] {
            let numbers = [
                counters.tokenRequests,
                counters.tokenRequests(of: "client_credentials"),
                counters.tokenRequests(of: "refresh_token"),
                counters.tokenRequests(of: "authorization_code"),
                counters.tokenRefusals,
                counters.tokenRequests - counters.tokensIssued - counters.tokenRefusals,
                calls.made,
                counters.rejections,
                calls.failed,
            ]
            return [provider] + numbers.map(String.init)
        }
    }

    /// A column, and whether a narrow terminal has room for it.
    private struct Column {
        let title: String
        let width: Int
        var isForAll = false
    }

    private static let columns = [
        Column(title: "", width: 15, isForAll: true),
        Column(title: "total", width: 6, isForAll: true),
        Column(title: "client", width: 8, isForAll: true),
        Column(title: "refresh", width: 9, isForAll: true),
        Column(title: "code", width: 6),
        Column(title: "refused", width: 9),
        Column(title: "down", width: 6),
        Column(title: "total", width: 7),
        Column(title: "401", width: 5),
        Column(title: "failed", width: 8),
    ]

    let console: Console

    func write(_ rows: [Row], _ verdict: (checks: Int, failures: [String]), took duration: Duration) {
        console.write()
        console.write(groups)
        console.write(line(Self.columns.map(\.title)))
        for row in rows { console.write(line(row.cells)) }
        console.write()
        let seconds = (duration / .seconds(1)).formatted(.number.precision(.fractionLength(1)))
        if verdict.failures.isEmpty {
            let words = "All \(verdict.checks) checks passed in \(seconds) s."
            console.write(console.styled("✓ ", .good), 2, words)
        } else {
            console.write(
                console.styled("✗ ", .bad),
                2,
                "\(verdict.failures.count) of \(verdict.checks) checks failed:"
            )
            for failure in verdict.failures { console.write("  " + console.styled("✗ ", .bad), 4, failure) }
        }
    }

    /// Says what to do after the tour.
    func writeNextSteps() {
        console.write()
        console.write(console.styled("Try next", .bold))
        let commands = [
            ("One provider, with all that goes over the wire:", "Examples/Tour tour --provider tiki --verbose"),
            ("The real provider, with your credentials:", "Examples/Tour tour --live --provider wetix"),
            ("A provider on a port, for curl:", "Examples/Sandbox sandbox --provider tiki"),
        ]
        for (purpose, command) in commands {
            console.write("  ", 2, purpose)
            console.write("    ", 4, "swift run --package-path \(command)")
        }
    }

    private var isNarrow: Bool { console.terminal.width < Self.columns.map(\.width).reduce(0, +) }

    private var groups: String {
        "".padded(to: 16) + (isNarrow ? "token requests" : "token requests".padded(to: 45) + "calls")
    }

    private func line(_ cells: [String]) -> String {
        zip(cells, Self.columns).enumerated()
            .filter { $1.1.isForAll || !isNarrow }
            .map { index, pair in pair.0.padded(to: pair.1.width, isRight: index > 0) }
            .joined()
    }
}
