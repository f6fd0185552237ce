import OAuthDialects
import OAuthDialectsTesting

extension TestClock {
    /// Longer than the pauses of a renewal, shorter than its timeouts.
    private static let pause = Duration.milliseconds(4500)

    /// Lets others run until something is so, and the pauses of a renewal pass as soon as somebody sleeps through one.
    ///
    /// Timeouts are not reached by haste: time that nobody sleeps through passes only if nothing has happened for long.
    func drain(until isSo: () async -> Bool) async {
        while true {
            for turn in 1...50_000 {
                if await isSo() { return }
                if turn % 200 == 0, let first = sleepers.first, first <= Self.pause { advance(by: first) }
                await Task.yield()
            }
            advance(by: .seconds(1))
        }
    }

    /// Lets time pass in steps until something is so, with time for others in between.
    func drain(until isSo: () async -> Bool, by step: Duration) async {
        while true {
            for _ in 0..<500 {
                if await isSo() { return }
                await Task.yield()
            }
            advance(by: step)
        }
    }
}
