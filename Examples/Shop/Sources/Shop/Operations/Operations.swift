/// What the operations page shows and does.
package struct Operations: Sendable {
    /// All sessions, in a fixed order.
    package let sessions: @Sendable () -> [WatchedSession]
    /// Their latest events.
    package let log: EventLog
    /// The sandboxes, if they run in this process.
    package let sandboxes: (any SandboxControls)?
    /// The providers' names for people.
    package let titles: [String: String]

    /// Creates what the page needs.
    package init(
        sessions: @escaping @Sendable () -> [WatchedSession],
        log: EventLog,
        sandboxes: (any SandboxControls)?,
        titles: [String: String]
    ) {
        (self.sessions, self.log, self.sandboxes, self.titles) = (sessions, log, sandboxes, titles)
    }

    func title(of provider: String) -> String { titles[provider] ?? provider }
}
