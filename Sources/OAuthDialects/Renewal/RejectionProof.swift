/// Whether rejections are about the token: a rejection must prove itself.
///
/// If the token that replaced a rejected one is rejected too before anything accepted it, the cause is something else (a
/// seller that is not linked, a signature, a clock), and renewing for it would be a denial of service on oneself.
package struct RejectionProof: Sendable {
    private let policy: SharedPolicy
    private var nextPause: Duration
    private var pausedUntil: SessionInstant?
    private var lastRejection: SessionInstant?
    /// Whether the token in hand replaced a rejected one and nothing has accepted it yet.
    var isPending = false

    init(policy: SharedPolicy) {
        self.policy = policy
        nextPause = policy.value.rejectionPause.lowerBound
    }

    private var pauses: ClosedRange<Duration> { policy.value.rejectionPause }

    func isPaused(at now: SessionInstant) -> Bool { pausedUntil.map { now < $0 } ?? false }

    /// The API rejected the token in hand.
    ///
    /// As long a time without a rejection as the longest pause starts the pauses anew; an acceptance does not, because one endpoint
    /// may accept what another rejects.
    mutating func noteRejection(at now: SessionInstant) {
        if let lastRejection, now - lastRejection >= pauses.upperBound { nextPause = pauses.lowerBound }
        lastRejection = now
    }

    /// The replacement was rejected as well: rejections renew nothing for a while.
    mutating func disproved(at now: SessionInstant) {
        isPending = false
        pausedUntil = now + nextPause
        nextPause = min(nextPause * 2, pauses.upperBound)
    }
}
