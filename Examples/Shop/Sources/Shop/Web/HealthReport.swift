import OAuthDialects

/// What `/health` answers.
package struct HealthReport: Sendable, Encodable {
    /// Whether the store and the shop's own sessions work; the merchant's sign-ins do not count.
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
