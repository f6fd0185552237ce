internal import Foundation

/// How often a session may ask: the one place where backoff and budgets are counted.
///
/// | after | the next exchange |
/// |---|---|
/// | a failure that may pass | a random time up to 1 s, 2 s, 4 s … 5 min; `Retry-After` if the provider gave one, 15 min at most |
/// | a refusal, no token working | 5 s, or `Retry-After` |
/// | a success | 1 s, if only time asks for it |
/// | ten exchanges at once | 10 s, or a quarter of a lifetime |
/// | three renewals for rejections | 60 s |
package struct Pacer: Sendable {
    private let shared: SharedPolicy
    private var failures = 0
    private var exchanges: TokenBucket
    private var rejections: TokenBucket
    /// Until when no renewal starts, although sign-ins do; `nil` after a success.
    private(set) var blockedUntil: SessionInstant?
    /// When the last answer with a token was asked for.
    private var lastSuccess: SessionInstant?

    init(policy: SharedPolicy) {
        shared = policy
        exchanges = TokenBucket(capacity: policy.value.burst)
        rejections = TokenBucket(capacity: policy.value.rejectionBurst)
    }

    private var policy: RenewalPolicy { shared.value }

    func isBlocked(at now: SessionInstant) -> Bool { blockedUntil.map { now < $0 } ?? false }

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
        failures = 0
        blockedUntil = nil
        lastSuccess = instant
    }

    /// Backs off with full jitter, or until the provider wants to be asked again.
    mutating func backOff(
        at now: SessionInstant,
        until wanted: SessionInstant?,
        random: inout SplitMix
    ) {
        let wait = pause(after: failures, random: &random)
        failures = min(failures + 1, 30)
        block(until: bounded(wanted, at: now) ?? now + wait)
    }

    /// Remembers a refusal.
    mutating func remember(at now: SessionInstant, until wanted: SessionInstant?) {
        let memory = now + policy.refusalMemory
        block(until: max(bounded(wanted, at: now) ?? memory, memory))
    }

    private func bounded(_ wanted: SessionInstant?, at now: SessionInstant) -> SessionInstant? {
        wanted.map { min($0, now + policy.retryAfterMaximum) }
    }

    /// Never shortens a block: an operation that only saves may fail during a `Retry-After`.
    private mutating func block(until instant: SessionInstant) { blockedUntil = max(blockedUntil ?? instant, instant) }

    mutating func clear() {
        failures = 0
        blockedUntil = nil
    }

    /// A random time up to the backoff after so many failures.
    func pause(after failures: Int, random: inout SplitMix) -> Duration {
        let most = min(policy.backoff.lowerBound * (1 << min(failures, 20)), policy.backoff.upperBound)
        return most * random.fraction()
    }
}
