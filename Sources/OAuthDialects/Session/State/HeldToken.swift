internal import Foundation

/// The access token in hand, as the monotonic clock sees it.
package struct HeldToken: Sendable {
    /// Whether the provider has something against it.
    enum Rejection: Sendable {
        /// Not that anybody said so.
        case none

        /// A request was turned away with it; a renewal is due.
        case rejected

        /// As ``rejected``, and its renewal failed: it is served all the same, for want of a better one.
        case suspect
    }

    let token: AccessToken

    /// `nil` if the provider gave no lifetime: good until rejected.
    let windows: RenewalWindows?

    /// How long it lives in all; `nil` if the provider gave no lifetime.
    let lifetime: Duration?

    /// Whether it came from the store, so that its end is only as good as the wall clock.
    var isStored = false

    var rejection = Rejection.none

    /// When time alone asks for a renewal; put off where the last one brought no progress.
    var renewal: SessionInstant?

    /// Whether the clock lets it be used.
    func isLive(at now: SessionInstant) -> Bool {
        windows.map { now < $0.end } ?? true
    }

    /// Whether the provider may still turn a refresh away for its sake.
    func isEarly(at now: SessionInstant) -> Bool {
        windows.map { now < $0.expiry } ?? true
    }

    /// Whether it may be served: live, and not waiting for the renewal that a rejection asked for.
    func works(at now: SessionInstant) -> Bool {
        rejection != .rejected && isLive(at: now)
    }

    /// Whether it may be served without another look at anything.
    func isFresh(at now: SessionInstant) -> Bool {
        rejection == .none && (renewal.map { now < $0 } ?? true)
    }

    /// Whether callers join a renewal although it works.
    func isMandatory(at now: SessionInstant) -> Bool {
        windows.map { now >= $0.mandatory } ?? false
    }
}
