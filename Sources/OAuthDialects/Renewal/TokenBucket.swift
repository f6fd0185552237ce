/// Counts what may still happen: a burst, and one more for each interval that has passed.
package struct TokenBucket: Sendable {
    private let capacity: Double
    private var level: Double
    private var countedAt: SessionInstant?

    package init(capacity: Int) {
        self.capacity = Double(capacity)
        level = Double(capacity)
    }

    /// Takes one if there is one.
    package mutating func take(at now: SessionInstant, refill interval: Duration) -> Bool {
        if let countedAt { level = min(capacity, level + (now - countedAt) / interval) }
        countedAt = now
        // Rounding can leave the level just below 1 after the exact wait.
        guard level >= 1 - 1e-6 else { return false }
        level = max(0, level - 1)
        return true
    }

    /// How long it takes until there is one, counted from the last ``take(at:refill:)``.
    package func wait(refill interval: Duration) -> Duration { interval * max(0, 1 - level) }
}
