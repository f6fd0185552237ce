import OAuthDialects

/// A session's standing in words.
struct StandingWords {
    let label: String
    /// `calm`, `wait`, `good`, or `bad`.
    let tone: String

    static let notConnected = Self(label: "Not connected", tone: "calm")

    private init(label: String, tone: String) { (self.label, self.tone) = (label, tone) }

    init(_ status: SessionStatus) {
        switch status.standing {
        case .working:
            (label, tone) = status.failingSince == nil ? ("Working", "good") : ("Working, renewal fails", "wait")
        case .suspect: (label, tone) = ("Rejected token in use", "wait")
        case .expired: (label, tone) = ("Expired", "wait")
        case .noToken: (label, tone) = status.failingSince == nil ? ("No token yet", "calm") : ("No token", "bad")
        case .signInRequired: (label, tone) = ("Sign-in required", "bad")
        case .signedOut: (label, tone) = ("Not connected", "calm")
        }
    }
}
