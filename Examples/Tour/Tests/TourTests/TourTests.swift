import Testing
import Tour

@Suite(.serialized, .timeLimit(.minutes(3)))
struct TourTests {
    @Test func `The tour fits 80 columns, one line for each step`() async throws {
        let screen = Screen(columns: 80)
        #expect(await Tour.run(try Options([]), screen.console), "\(screen.lines.joined(separator: "\n"))")
        for line in screen.drawn { #expect(line.count <= 80, "\(line)") }
        #expect(screen.lines.contains { $0.contains("3 sessions, 3 dialects") })
        let steps = [
            "First token", "Working token", "10,000 callers", "Renewal", "Revoked token", "Refresh refused",
            "Provider down",
        ]
        let shown = screen.lines.filter { $0.hasPrefix("  ✓ ") }
        #expect(shown.map { String($0.dropFirst(4).prefix(17)) } == (steps + steps + steps).map { $0.padded(to: 17) })
        #expect(screen.drawn.contains { $0.contains("━") && $0.contains("s left, renewal in") })
        #expect(!screen.lines.contains { $0.contains("━") })
        #expect(screen.lines.contains { $0.contains("checks passed in") })
    }

    @Test(arguments: [48, 120])
    func `Everything that happens fits the terminal, without a secret`(columns: Int) async throws {
        let screen = Screen(columns: columns, ["TERM": "xterm-256color", "NO_COLOR": "1"])
        #expect(await Tour.run(try Options(["--provider", "wetix", "--verbose"]), screen.console))
        for line in screen.drawn { #expect(line.count <= columns, "\(line)") }
        #expect(screen.lines.contains { $0.contains("one session, one dialect") })
        #expect(screen.lines.contains { $0.contains("POST /auth/refresh") })
        #expect(!screen.written.contains("not~a"))
        #expect(!screen.written.contains("[38;"))
    }
}
