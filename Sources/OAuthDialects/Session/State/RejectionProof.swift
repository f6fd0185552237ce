/// Whether rejections are about the token: a rejection must prove itself.
///
/// If the token that replaced a rejected one is rejected too before anything accepted it, the cause is something else (a
/// seller that is not linked, a signature, a clock), and renewing for it would be a denial of service on oneself.
package struct RejectionProof: Sendable {
    private let policy: SharedPolicy
    private var nextMute: Duration
    private var mutedUntil: SessionInstant?

    /// Whether the token in hand replaced a rejected one and nothing has accepted it yet.
    var isPending = false

    init(policy: SharedPolicy) {
        self.policy = policy
        nextMute = policy.value.rejectionPause.lowerBound
    }

    private var mute: ClosedRange<Duration> { policy.value.rejectionPause }

    func isMuted(at now: SessionInstant) -> Bool {
        mutedUntil.map { now < $0 } ?? false
    }

    /// Something accepted the token in hand.
    mutating func accepted() {
        isPending = false
        mutedUntil = nil
        nextMute = mute.lowerBound
    }

    /// The replacement was rejected as well: rejections renew nothing for a while.
    mutating func disproved(at now: SessionInstant) {
        mutedUntil = now + nextMute
        nextMute = min(nextMute * 2, mute.upperBound)
    }
}
