import Foundation
import OAuthDialects
import Synchronization

/// Tells what happens, line by line, as it happens; from whatever thread.
final class Timeline: Sendable {
    private struct Telling {
        var start = ContinuousClock.now
        var checks = 0
        var failures: [String] = []
    }

    private let telling = Mutex(Telling())

    /// Begins a provider, or anything else that has a name; time counts from here.
    func begin(_ title: String, _ subtitle: String) {
        telling.withLock { $0.start = .now }
        Console.write()
        Console.write(Console.styled(title, .bold) + "  " + Console.styled(subtitle, .dim))
    }

    /// Begins a step.
    func step(_ title: String, _ subtitle: String) {
        Console.write()
        Console.write("  " + Console.styled(Console.column(title, 22), .bold) + Console.styled(subtitle, .dim))
    }

    /// What the app does.
    func app(_ text: String) { tell("app", .magenta, text) }

    /// What the sandbox was told to do.
    func provider(_ text: String) { tell("provider", .yellow, text) }

    /// What goes over the wire; its answer bears the same number.
    func sent(_ text: String, _ number: Int) {
        tell("wire \(Console.column("\(number)", 2, isRight: true)) →", .cyan, text)
    }

    /// What comes back.
    func received(_ text: String, _ number: Int, isGood: Bool) {
        tell("wire \(Console.column("\(number)", 2, isRight: true)) ←", isGood ? .cyan : .yellow, text)
    }

    /// What the session says of the wire.
    func wire(_ text: String, isGood: Bool) { tell("wire", isGood ? .cyan : .yellow, text) }

    /// What the session decides; the wire has lines of its own.
    func session(_ event: SessionEvent) {
        guard ![.exchangeSent, .exchangeAnswered].contains(event.name) else { return }
        let isBad = event.level == .warning || event.level == .error
        tell("session", isBad ? .yellow : .blue, event.message)
    }

    /// Says whether what was told came about.
    func check(_ isRight: Bool, _ text: String) {
        telling.withLock { telling in
            telling.checks += 1
            if !isRight { telling.failures.append(text) }
        }
        let mark = isRight ? Console.styled("✓", .green) : Console.styled("✗", .red, .bold)
        Console.write("                       \(mark) \(isRight ? text : Console.styled(text, .red))")
    }

    /// How many checks there were, and those that failed.
    var verdict: (checks: Int, failures: [String]) {
        telling.withLock { ($0.checks, $0.failures) }
    }

    private func tell(_ who: String, _ style: Console.Style, _ text: String) {
        let start = telling.withLock { $0.start }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let time = Console.styled(String(format: "%6.2f s", seconds), .dim)
        Console.write("  \(time)  \(Console.styled(Console.column(who, 9), style))  \(Console.fitted(text, 98))")
    }
}
