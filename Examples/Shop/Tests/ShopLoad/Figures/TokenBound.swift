import Foundation

/// How many token requests a provider may receive.
///
/// With a lifetime L, a session renews at the earliest L/10 before the end, at least 60 s, at most L/2; so tokens of up
/// to two minutes are renewed once in L/2 at most, in each session. The first token comes on top; each fault costs one
/// more request, and so does each sign-in that follows another.
enum TokenBound {
    /// The shop keeps a session of its own with each provider, and one of the merchant with those that were connected.
    static let sessions = ["wetix": 1, "kopi": 1, "revenue-monster": 2, "tiki": 2]

    static func requests(of provider: String, in elapsed: Duration, lifetime: Duration, extra: Int) -> Int {
        let advisory = min(max(lifetime / 10, .seconds(60)), lifetime / 2)
        return (sessions[provider] ?? 1) * (1 + Int(elapsed / (lifetime - advisory))) + extra
    }
}
