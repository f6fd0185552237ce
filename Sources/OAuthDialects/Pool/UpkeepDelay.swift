/// A renewal that upkeep started or ended so late that callers had begun to wait.
struct UpkeepDelay: Sendable {
    /// How long ago the renewal was due.
    let wait: Duration
    let why: String
}

extension TokenSession {
    /// Tells listeners that the upkeep of its pool is behind.
    func tellDelay(_ delay: UpkeepDelay) {
        let seconds = SecondsText.of(delay.wait)
        let message = "Upkeep is behind: a renewal was due \(seconds) s ago, and callers wait for it: \(delay.why)."
        let metadata = ["wait_seconds": seconds, "why": delay.why]
        tell(SessionEvent(.upkeepBehind, .warning, message, metadata, at: clock.date))
    }
}
