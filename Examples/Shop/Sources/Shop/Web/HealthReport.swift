import OAuthDialects

/// What `/health` answers.
package struct HealthReport: Sendable, Encodable {
    /// Whether the store and the shop's own sessions work; the merchant's sign-ins do not count.
    package let isHealthy: Bool
    /// `reachable`, or why not.
    package let store: String
    /// The sessions by their names.
    package let sessions: [String: Session]

    /// What everybody may know of a session; failures and scopes are on the staff's page.
    package struct Session: Sendable, Encodable {
        let standing: SessionStatus.Standing
        let needsSignIn: Bool
    }

    /// Creates a report.
    package init(isHealthy: Bool, store: String, sessions: [String: SessionStatus]) {
        (self.isHealthy, self.store) = (isHealthy, store)
        self.sessions = sessions.mapValues { Session(standing: $0.standing, needsSignIn: $0.needsSignIn) }
    }
}
