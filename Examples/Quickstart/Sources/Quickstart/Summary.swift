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
                counters.rejections,
                calls.made,
                calls.failed,
            ]
            return [provider] + numbers.map(String.init)
        }
    }

    private static let header = [
        "", "exchanges", "client", "refresh", "code", "refused", "unanswered", "API 401s", "app calls", "failed",
    ]

    static func write(
        _ rows: [Row],
        _ verdict: (checks: Int, failures: [String]),
        took duration: Duration
    ) {
        Console.write()
        Console.write(Console.styled(line(header), .dim))
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
        zip(cells, header).enumerated().map { index, cell in
            index == 0 ? Console.column(cell.0, 18) : Console.column(cell.0, max(cell.1.count, 4) + 2, isRight: true)
        }.joined()
    }
}
