internal import Foundation

/// How often a session may ask: the one place where backoff and budgets are counted.
///
/// | after | the next exchange |
/// |---|---|
/// | a failure that may pass | a random time up to 1 s, 2 s, 4 s … 5 min, and one attempt per renewal; `Retry-After` up to 15 min |
/// | a refusal, no token working | 5 s, 10 s, 20 s … 5 min |
/// | a success | 1 s, if only time asks for it |
/// | ten exchanges at once | 10 s, or a quarter of a lifetime |
/// | three renewals for rejections | 60 s |
///
/// While renewals are blocked, and after a sign-out, callers without a token cause a look at the store at most every 1 s, 2 s, 4 s … 30 s.
package struct Pacer: Sendable {
    private let shared: SharedPolicy
    private var failures = 0
    private var refusals = 0
    private var exchanges: TokenBucket
    private var rejections: TokenBucket
    /// Until when no renewal starts, although sign-ins do: for the session's own reasons, and because the provider wants it.
    private var backOffUntil: SessionInstant?
    private var refusalUntil: SessionInstant?
    private var providerUntil: SessionInstant?
    private var nextLook: SessionInstant?
    private var looks = 0
    /// When the last answer with a token was asked for.
    private var lastSuccess: SessionInstant?

    init(policy: SharedPolicy) {
        shared = policy
        exchanges = TokenBucket(capacity: policy.value.burst)
        rejections = TokenBucket(capacity: policy.value.rejectionBurst)
    }

    private var policy: RenewalPolicy { shared.value }

    var blockedUntil: SessionInstant? { [backOffUntil, refusalUntil, providerUntil].compactMap(\.self).max() }

    func isBlocked(at now: SessionInstant) -> Bool { blockedUntil.map { now < $0 } ?? false }

    /// Whether the last renewal failed too: one attempt is enough then.
    var isBackingOff: Bool { failures > 0 }

    /// Whether the last renewal was refused, and a refusal is remembered.
    var remembersRefusal: Bool { refusals > 0 }

    /// Takes one token request from the budget, if there is one.
    mutating func takeExchange(at now: SessionInstant, lifetime: Duration?) -> Bool {
        exchanges.take(at: now, refill: refill(lifetime))
    }

    /// When the budget has one token request again, after ``takeExchange(at:lifetime:)`` found none.
    func nextExchange(at now: SessionInstant, lifetime: Duration?) -> SessionInstant {
        now + exchanges.wait(refill: refill(lifetime))
    }

    private func refill(_ lifetime: Duration?) -> Duration {
        max(policy.shortestInterval, min(policy.refill, lifetime.map { $0 / 4 } ?? policy.refill))
    }

    /// Takes one renewal for a rejection from the budget.
    mutating func takeRejection(at now: SessionInstant) -> Bool {
        rejections.take(at: now, refill: policy.rejectionRefill)
    }

    /// The earliest instant of an exchange that only time asks for.
    var earliestByTime: SessionInstant? { lastSuccess.map { $0 + policy.shortestInterval } }

    mutating func succeeded(sentAt instant: SessionInstant) {
        clear()
        providerUntil = nil
        lastSuccess = instant
    }

    /// Backs off with full jitter, and until the provider wants to be asked again: the longer holds.
    mutating func backOff(at now: SessionInstant, until wanted: SessionInstant?, random: inout SplitMix) {
        let wait = pause(after: failures, random: &random)
        failures = min(failures + 1, 30)
        block(until: now + wait)
        if let wanted { obey(wanted, at: now) }
    }

    /// Obeys a `Retry-After`, 15 min at most.
    mutating func obey(_ wanted: SessionInstant, at now: SessionInstant) {
        let wanted = min(wanted, now + policy.retryAfterMaximum)
        providerUntil = max(providerUntil ?? wanted, wanted)
    }

    /// Never shortens a block: the longer of backoff and budget holds.
    mutating func block(until instant: SessionInstant) { backOffUntil = max(backOffUntil ?? instant, instant) }

    /// Remembers a refusal, twice as long each time, but not beyond the instant at which there is something to try in any case.
    mutating func remember(at now: SessionInstant, latest: SessionInstant?) {
        let memory = min(policy.refusalMemory * (1 << min(refusals, 20)), policy.backoff.upperBound)
        refusals = min(refusals + 1, 30)
        refusalUntil = min(now + memory, latest ?? .distantFuture)
    }

    /// New credentials, a newer record, or `renew()` may change what a refusal was about.
    mutating func forgetRefusals() { (refusals, refusalUntil) = (0, nil) }

    /// Forgets the session's own reasons; what the provider wants stays.
    mutating func clear() {
        forgetRefusals()
        (failures, backOffUntil) = (0, nil)
        (looks, nextLook) = (0, nil)
    }

    /// Takes one look at the store, if one is due.
    mutating func takeLook(at now: SessionInstant) -> Bool {
        if let nextLook, now < nextLook { return false }
        nextLook = now + min(.seconds(1) * (1 << min(looks, 20)), .seconds(30))
        looks = min(looks + 1, 30)
        return true
    }

    /// A random time up to the backoff after so many failures.
    func pause(after failures: Int, random: inout SplitMix) -> Duration {
        let most = min(policy.backoff.lowerBound * (1 << min(failures, 20)), policy.backoff.upperBound)
        return most * random.fraction()
    }
}
