import OAuthDialects

/// What `/health` answers.
package struct HealthReport: Sendable, Encodable {
    /// Whether the process can sell tickets.
    package let isHealthy: Bool
    /// `reachable`, or why not.
    package let store: String
    /// The sessions by their names.
    package let sessions: [String: SessionStatus]

    /// Creates a report.
    package init(isHealthy: Bool, store: String, sessions: [String: SessionStatus]) {
        (self.isHealthy, self.store, self.sessions) = (isHealthy, store, sessions)
    }
}
