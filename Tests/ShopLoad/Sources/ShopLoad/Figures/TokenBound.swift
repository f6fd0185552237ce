import Foundation

/// How many token requests a provider may receive.
///
/// With a lifetime L, a session renews at the earliest L/10 before the end, at least 60 s, at most L/2; so tokens of up
/// to two minutes are renewed once in L/2 at most, in the one session of each provider. The first token comes on top; each fault costs one
/// more request, and so does each sign-in that follows another.
enum TokenBound {
    static func requests(in elapsed: Duration, lifetime: Duration, extra: Int) -> Int {
        let advisory = min(max(lifetime / 10, .seconds(60)), lifetime / 2)
        return 1 + Int(elapsed / (lifetime - advisory)) + extra
    }
}
