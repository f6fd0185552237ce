internal import Foundation

extension SessionState {
    /// What comes of a rejection.
    package enum RejectionRuling: Sendable {
        /// Another token is in hand already, or none that works: ask again.
        case stale

        /// A renewal is due, or under way: ask again.
        case renew

        /// Nothing: the provider's answer stands.
        case ignored
    }

    /// The provider turned a request away with this token.
    package mutating func reject(_ token: AccessToken, at moment: Moment, _ effects: inout Effects) -> RejectionRuling {
        // A token that is over is turned away for that, and proves nothing.
        guard let held, held.token == token, held.isLive(at: moment.now) else { return .stale }
        if held.rejection == .rejected { return .renew }
        if proof.isMuted(at: moment.now) { return .ignored }
        if proof.isPending {
            proof.isPending = false
            proof.disproved(at: moment.now)
            effects.events.append(ignored("the token that replaced a rejected one was rejected too", at: moment))
            return .ignored
        }
        if pacer.isBlocked(at: moment.now) { return .ignored }
        guard pacer.takeRejection(at: moment.now) else {
            effects.events.append(ignored("there were too many in a short time", at: moment))
            return .ignored
        }
        self.held?.rejection = .rejected
        rejected = held.token.value
        effects.events.append(
            SessionEvent(.tokenRejected, .notice, "The provider rejected the token in hand.", at: moment.date)
        )
        return .renew
    }

    /// The provider accepted this token.
    package mutating func accept(_ token: AccessToken) {
        guard let held, held.token == token else { return }
        proof.accepted()
        if held.rejection == .suspect { self.held?.rejection = .none }
    }

    private func ignored(_ why: String, at moment: Moment) -> SessionEvent {
        SessionEvent(
            .rejectionIgnored,
            .warning,
            "A rejection renews nothing: \(why).",
            ["why": why],
            at: moment.date
        )
    }
}
