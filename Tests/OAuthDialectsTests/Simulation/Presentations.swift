import Foundation
import OAuthDialects

/// What became of a refresh token each time it was presented.
struct Presentations {
    /// How often its answer was lost, and how often it was refused: before its access token had ended, afterwards, and with words
    /// that nobody knows.
    var lost = 0
    var early = 0
    var definite = 0
    private(set) var unknown = 0
    private var firstUnknown: SessionInstant?
    private(set) var lastRefusal: SessionInstant?
    var isInAir = false

    /// Whether a refusal came so near to the end of the access token that nobody can say whether it was early.
    private(set) var isBlurred = false

    /// Whether a person is asked to sign in because of words that nobody knows.
    var isUnknownForLong: Bool {
        guard unknown >= 3, let firstUnknown, let lastRefusal else { return false }
        return lastRefusal >= firstUnknown + .seconds(900)
    }

    /// Since when it may be presented again.
    var pause: Duration {
        switch (early, definite) {
        case (0, 0): isUnknownForLong ? .seconds(3600) : .zero
        case (1, 0), (_, 1): .seconds(300)
        case (2, 0), (_, 2): .seconds(3600)
        case (_, 0): .seconds(3600)
        default: .seconds(86400)
        }
    }

    mutating func refused(_ remedy: Remedy, isEarly: Bool, isBlurred: Bool, isLive: Bool, at now: SessionInstant) {
        self.isBlurred = self.isBlurred || isBlurred
        switch remedy {
        case .discardGrant where isEarly: early += 1
        case .discardGrant: definite += 1
        case .unknown where !isLive:
            unknown += 1
            firstUnknown = firstUnknown ?? now
        default: return
        }
        lastRefusal = now
        lost = remedy == .discardGrant ? 0 : lost
    }

    /// A crash took the memory of the last refusal.
    mutating func forgetRefusal() {
        if definite > 0 { definite -= 1 } else { early = max(0, early - 1) }
        lost += 1
        lastRefusal = nil
    }

    /// What a record says.
    mutating func take(_ standing: TokenRecord.RefreshStanding, at moment: Moment) {
        if standing.isSent { lost = max(lost, 1) }
        if case .definite(let count, let last) = standing.refusals, count > definite {
            (definite, lastRefusal) = (count, moment.now - .seconds(moment.date.timeIntervalSince(last)))
        }
    }

    mutating func crash() {
        if isInAir { lost += 1 }
        isInAir = false
    }
}
