import Foundation
import OAuthDialects

/// An access token as the oracle knows it, with windows worked out anew from DESIGN's table.
struct Known {
    let text: String
    let refresh: String?
    var end: SessionInstant?

    /// When it is over in any case, if that is not its end.
    private var latestEnd: SessionInstant?
    var mandatory: SessionInstant?
    var expiry: SessionInstant?
    let isSignIn: Bool
    var isRejected = false

    /// Whether a person has to sign in although it has not expired.
    var isDead = false

    /// Whether its end is known exactly; that of a stored token depends on the wall clock.
    var isExact = true

    init(_ set: TokenSet, sent: SessionInstant, isSignIn: Bool) {
        text = set.accessToken.revealed
        refresh = set.refreshToken?.value.revealed
        self.isSignIn = isSignIn
        count(set.lifetime, from: sent)
    }

    init?(_ record: TokenRecord?, at moment: Moment) {
        guard let record, let access = record.accessToken else { return nil }
        text = access.revealed
        refresh = record.refreshToken?.value.revealed
        isSignIn = false
        isExact = false
        let age = max(0, moment.date.timeIntervalSince(record.requestedAt))
        count(record.lifetime, from: moment.now - .seconds(age))
    }

    private mutating func count(_ lifetime: Duration?, from start: SessionInstant) {
        guard let life = lifetime.map({ max(0, $0 / .seconds(1)) }) else { return }
        let advisory = min(max(life / 10, 60), 86400, life / 2)
        let last = min(60, advisory / 2)
        mandatory = start + .seconds(life - last)
        end = start + .seconds(life - min(5, last / 4))
        expiry = start + .seconds(life)
    }

    /// The same token, which was known with another end; only the windows of one of both count, and nobody can say which.
    mutating func blur(with other: Known) {
        latestEnd = max(latestEnd ?? end ?? .distantFuture, other.latestEnd ?? other.end ?? .distantFuture)
        end = [end, other.end].compactMap(\.self).min()
        mandatory = [mandatory, other.mandatory].compactMap(\.self).min()
    }

    /// Whether it is over, or works, beyond a rounding error.
    func isOver(at now: SessionInstant) -> Bool { (latestEnd ?? end).map { $0 + .microseconds(1) <= now } ?? false }
    func isLive(at now: SessionInstant) -> Bool { end.map { now < $0 - .microseconds(1) } ?? true }
    func isEarly(at now: SessionInstant) -> Bool { mandatory.map { now < $0 - .microseconds(1) } ?? true }
}
