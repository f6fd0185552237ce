internal import Foundation

/// A session as a pure machine: events go in, effects come out; no clock, no I/O and no lock are in it.
package struct SessionState: Sendable {
    private let shared: SharedPolicy

    /// Whether the identity can repeat its grant without a person.
    let canRepeat: Bool

    /// What the dialect says becomes of used refresh tokens.
    let rotation: WireConventions.Rotation

    /// Tells this instance from its replicas, so that they do not all renew at once.
    let seed: UInt64

    var random: SplitMix
    var pacer: Pacer
    var proof: RejectionProof

    /// What is known, in the form in which it is stored.
    var record: TokenRecord?

    /// The newest generation that was seen in the store.
    var seen = 0

    /// The access token of ``record`` as the monotonic clock sees it; `nil` if there is none.
    var held: HeldToken?

    /// When the refresh token of ``record`` ends.
    var refreshEnd: SessionInstant?

    /// The texts of the tokens that were rejected last, so that none is adopted again; not more than one generation back.
    var rejected: Secret?

    @Boxed var flight: Flight?
    var waiters: [UInt64: Waiter] = [:]
    var isSignedOut = false

    /// Whether it was announced that a person has to sign in.
    var isSignInAnnounced = false

    /// Whether ``record`` still has to be saved, and when to try again.
    var isDirty = false
    var savingAgainAt: SessionInstant?
    var saveFailures = 0

    /// Whether a sign-in is among what has to be saved.
    var isSignInUnsaved = false

    @Boxed var lastFailure: TokenError?
    var flights: UInt64 = 0

    package init(
        policy: SharedPolicy,
        canRepeat: Bool,
        rotation: WireConventions.Rotation,
        seed: UInt64
    ) {
        shared = policy
        self.canRepeat = canRepeat
        self.rotation = rotation
        self.seed = seed
        random = SplitMix(seed: seed)
        pacer = Pacer(policy: policy)
        proof = RejectionProof(policy: policy)
    }

    var policy: RenewalPolicy { shared.value }

    /// The newest generation that is known.
    var generation: Int { max(record?.generation ?? 0, seen) }

    /// The token if it can be had without another look at anything: the hot path.
    package func freshToken(at now: SessionInstant) -> AccessToken? {
        guard let held else { return nil }
        if held.isFresh(at: now) { return held.token }
        // Renewed behind the callers already: there is nothing to begin, and nobody waits.
        return !_flight.isEmpty && held.works(at: now) && !held.isMandatory(at: now) ? held.token : nil
    }

    /// The token in hand if it works.
    package func workingToken(at now: SessionInstant) -> AccessToken? {
        guard let held, held.works(at: now) else { return nil }
        return held.token
    }

    /// Whether a flight goes on: not if it has ended, nor after a sign-out.
    package func isFlying(_ id: UInt64) -> Bool { flight?.id == id }

    /// Whether a new session would know as much, from the store.
    package var isDisposable: Bool {
        let hasOwnToken = policy.refreshTokens == .useInMemoryOnly && record?.refreshToken != nil
        return flight == nil && waiters.isEmpty && !isDirty && !hasOwnToken
    }

    /// What is next to be looked at without anybody asking: a waiter's patience, or a record to be saved again.
    package var nextAlarm: SessionInstant? {
        let patience = waiters.values.lazy.map(\.deadline).min()
        return [patience, flight == nil ? savingAgainAt : nil].compactMap(\.self).min()
    }

    /// When upkeep has something to do; `nil` while there is nothing that time alone brings about.
    package func nextUpkeep(at now: SessionInstant) -> SessionInstant? {
        guard flight == nil, !isSignedOut, canRepeat || !isSignInAnnounced || mayRefreshYet(at: now) else { return nil }
        let due = if let held { held.rejection == .none ? held.renewal : now } else { Optional(now) }
        return due.map { max($0, pacer.blockedUntil ?? $0) }
    }
}
