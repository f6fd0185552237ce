internal import Foundation

/// One climb of the ladder, however many callers wait for it.
package struct Flight: Sendable {
    /// What it was started for.
    package enum Reason: String, Sendable {
        case noToken = "no token"
        case advisory = "the token ends soon"
        case mandatory = "the token ends now"
        case expired = "the token is over"
        case rejected = "the token was rejected"
        case asked = "asked for"
        case saving = "a record to be saved again"
        case signIn = "signing in"

        /// Whether only the clock asks.
        var isTime: Bool {
            [.advisory, .mandatory, .expired].contains(self)
        }
    }

    package let id: UInt64
    package let reason: Reason
    package let startedAt: SessionInstant
    let deadline: SessionInstant

    /// The grant of a sign-in, sent once.
    let signIn: Grant?

    /// The newest generation when it was started; ``Reason/asked`` adopts only what is newer.
    let since: Int

    /// How many exchanges were begun.
    var exchanges = 0

    /// How many exchanges failed for the moment.
    var failures = 0

    /// Whether the store's lock is held.
    var isLocked = true

    /// Whether credentials were asked for again after the client was refused.
    var askedAgain = false

    /// The rungs that are done with, and why; in the order in which they were passed over.
    var passedOver: [(rung: Rung, why: String)] = []

    /// What is known of the refresh token if the exchange in the air turns out not to have happened.
    var standingBefore: TokenRecord.RefreshStanding?

    /// The record that waits to be saved before its token is used.
    var arrival: Arrival?

    func has(passed rung: Rung) -> Bool {
        passedOver.contains { $0.rung == rung }
    }

    mutating func pass(_ rung: Rung, _ why: String) {
        if !has(passed: rung) { passedOver.append((rung: rung, why: why)) }
    }
}

/// A way to a token.
package enum Rung: String, Sendable {
    case refresh
    case authenticate = "authenticate again"
    case signIn = "sign in"
}
