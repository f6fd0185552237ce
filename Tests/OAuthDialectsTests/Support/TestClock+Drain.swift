import OAuthDialects
import OAuthDialectsTesting

extension TestClock {
    /// Lets time pass in small steps until something is so: the pauses of a renewal have no fixed length.
    func drain(until isSo: () async -> Bool, by step: Duration = .milliseconds(100)) async {
        while true {
            for _ in 0..<50 {
                if await isSo() { return }
                await Task.yield()
            }
            advance(by: step)
        }
    }
}
