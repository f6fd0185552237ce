import OAuthDialects

/// What became of a connection, as a word in the query: no page repeats text from a URL.
enum MerchantNotice: String {
    case connected
    case disconnected
    case disconnectedHere = "disconnected-here"
    case declined
    case failed
    case unavailable

    init(_ error: any Error) {
        guard let error = error as? TokenError else {
            self = .failed
            return
        }
        self = error.code == .signInDeclined ? .declined : error.isTransient ? .unavailable : .failed
    }

    func text(_ title: String) -> String {
        switch self {
        case .connected: "\(title) is connected."
        case .disconnected: "\(title) is disconnected. The shop has forgotten its tokens."
        case .disconnectedHere:
            "\(title) is disconnected. The store can’t be reached, and the shop keeps trying to delete the tokens there."
        case .declined: "You declined at \(title), so nothing was connected."
        case .failed: "\(title) did not accept the sign-in. Nothing was connected."
        case .unavailable: "\(title) can’t be reached right now. Nothing was changed; try again in a moment."
        }
    }

    /// `good` or `bad`.
    var tone: String { [.connected, .disconnected, .disconnectedHere].contains(self) ? "good" : "bad" }
}
