import Foundation
import OAuthDialects
import Synchronization

/// Writes one line for each step; in verbose mode one for each action, request, and answer, from any thread.
package final class Timeline: Sendable {
    private struct State {
        var start = ContinuousClock.now
        var step = ""
        var checks = 0
        var failures: [String] = []
    }

    let console: Console
    private let isVerbose: Bool
    private let state = Mutex(State())

    package init(_ console: Console, isVerbose: Bool) {
        (self.console, self.isVerbose) = (console, isVerbose)
    }

    /// Begins a provider; the time counts from here.
    func begin(_ title: String, _ subtitle: String) {
        state.withLock { $0.start = .now }
        console.write()
        console.write(console.styled(title, .bold) + "  ", title.count + 2, subtitle)
    }

    /// Performs a step and writes its outcome.
    package func step(_ title: String, _ about: String, _ body: () async throws -> String) async throws {
        state.withLock { $0.step = title }
        if isVerbose {
            console.write()
            console.write("  " + console.styled(title, .bold) + "  ", title.count + 4, about)
        } else {
            console.draw("  · \(title)")
        }
        let earlier = verdict.failures.count
        do {
            let outcome = try await body()
            let failures = verdict.failures.dropFirst(earlier)
            guard !isVerbose else { return }
            write(outcome, isRight: failures.isEmpty, title)
            for failure in failures { console.write("    " + console.styled("✗ ", .bad), 6, failure) }
        } catch {
            check(false, "\(title): \(error)")
            if !isVerbose { write("\(error)", isRight: false, title) }
            throw error
        }
    }

    /// Draws the rest of a token's lifetime.
    func show(_ bar: LifetimeBar) {
        let lead = "  · \(state.withLock(\.step))".padded(to: 21)
        let room = console.terminal.width - lead.count - bar.caption.count - 3
        guard room >= 8 else { return }
        let cells = bar.cells(min(room, 32))
        console.draw(
            lead + console.styled(cells.left, .good) + console.styled(cells.passed, .quiet) + "  " + bar.caption
        )
    }

    /// Records whether something came about.
    package func check(_ isRight: Bool, _ text: String) {
        state.withLock { state in
            state.checks += 1
            if !isRight { state.failures.append(text) }
        }
        guard isVerbose else { return }
        let mark = console.styled(isRight ? "✓" : "✗", isRight ? .good : .bad)
        console.write(String(repeating: " ", count: 21) + mark + " ", 23, text)
    }

    /// How many checks there were, and those that failed.
    package var verdict: (checks: Int, failures: [String]) {
        state.withLock { ($0.checks, $0.failures) }
    }

    /// Writes a line of verbose mode, with the time and the one who acts.
    func tell(_ who: String, _ style: Style?, _ text: String) {
        guard isVerbose else { return }
        let actor = style.map { console.styled(who.padded(to: 9), $0) } ?? who.padded(to: 9)
        // The lock keeps the lines in the order of their times.
        state.withLock { state in
            let seconds = (ContinuousClock.now - state.start) / .seconds(1)
            let time = console.styled(String(format: "%6.2f s", seconds), .quiet)
            console.write("  \(time)  \(actor)  ", 23, text)
        }
    }

    private func write(_ outcome: String, isRight: Bool, _ title: String) {
        let mark = console.styled(isRight ? "✓" : "✗", isRight ? .good : .bad)
        console.write("  \(mark) " + title.padded(to: 17), 21, outcome)
    }
}
