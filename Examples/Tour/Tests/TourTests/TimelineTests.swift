import Testing
import Tour

struct TimelineTests {
    private struct Mistake: Error {}

    @Test func `A failed check is shown beneath its step`() async throws {
        let screen = Screen(columns: 60)
        let timeline = Timeline(screen.console, isVerbose: false)
        try await timeline.step("Renewal", "before the token expires") {
            timeline.check(true, "the call returned 200")
            timeline.check(false, "one token request, by the refresh token that the provider issued last")
            return "by its refresh token"
        }
        #expect(
            screen.lines == [
                "  ✗ Renewal          by its refresh token",
                "    ✗ one token request, by the refresh token that the",
                "      provider issued last", "",
            ]
        )
        #expect(timeline.verdict.checks == 2)
    }

    @Test func `An error ends its step, and is no success`() async throws {
        let screen = Screen(columns: 80)
        let timeline = Timeline(screen.console, isVerbose: false)
        await #expect(throws: Mistake.self) {
            try await timeline.step("First token", "by client_credentials") { throw Mistake() }
        }
        #expect(screen.lines == ["  ✗ First token      Mistake()", ""])
        #expect(timeline.verdict.failures == ["First token: Mistake()"])
    }

    @Test(arguments: [true, false])
    func `Only a terminal gets a line that is drawn again`(isTerminal: Bool) async throws {
        let screen = Screen(columns: 80, ["TERM": isTerminal ? "xterm-256color" : "dumb"])
        let timeline = Timeline(screen.console, isVerbose: false)
        try await timeline.step("Renewal", "before the token expires") { "by its refresh token" }
        #expect(screen.written.contains("\r") == isTerminal)
        #expect(screen.lines == ["  ✓ Renewal          by its refresh token", ""])
    }
}
