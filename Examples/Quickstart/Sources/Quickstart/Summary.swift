import OAuthDialectsTesting

/// The table at the end: exchanges and failures of each provider.
enum Summary {
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

    /// The columns, and the groups they belong to.
    private static let columns = [
        (title: "", width: 17), (title: "total", width: 7), (title: "client", width: 8), (title: "refresh", width: 9),
        (title: "code", width: 6), (title: "refused", width: 9), (title: "outage", width: 8),
        (title: "total", width: 12),
        (title: "401", width: 5), (title: "failed", width: 8),
    ]
    private static let groups = Console.column("", 19) + Console.column("exchanges", 49) + "calls of the app"

    static func write(
        _ rows: [Row],
        _ verdict: (checks: Int, failures: [String]),
        took duration: Duration
    ) {
        Console.write()
        Console.write(Console.styled(groups, .dim))
        Console.write(Console.styled(line(columns.map(\.title)), .dim))
        for row in rows { Console.write(line(row.cells)) }
        Console.write()
        let seconds = (duration / .seconds(1)).formatted(.number.precision(.fractionLength(1)))
        if verdict.failures.isEmpty {
            Console.write(
                Console.styled("✓ \(verdict.checks) of \(verdict.checks) things went as told, in \(seconds) s.", .green)
            )
        } else {
            Console.write(
                Console.styled("✗ \(verdict.failures.count) of \(verdict.checks) things went otherwise:", .red)
            )
            for failure in verdict.failures { Console.write("  ✗ \(failure)") }
        }
    }

    private static func line(_ cells: [String]) -> String {
        zip(cells, columns).enumerated().map { index, pair in
            Console.column(pair.0, pair.1.width, isRight: index > 0)
        }.joined()
    }
}
