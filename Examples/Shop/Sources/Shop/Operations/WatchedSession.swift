import OAuthDialects

/// A session on the operations page.
package struct WatchedSession: Sendable {
    /// The name of its provider, such as `wetix`.
    package let provider: String
    /// The account, for a session that somebody signs in to.
    package let account: String?
    /// What the session holds.
    package let status: SessionStatus

    /// Creates a watched session.
    package init(provider: String, account: String?, status: SessionStatus) {
        (self.provider, self.account, self.status) = (provider, account, status)
    }

    /// Distinguishes the sessions of one provider.
    var name: String { account.map { "\(provider)/\($0)" } ?? provider }
}
