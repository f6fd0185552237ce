import OAuthDialects

extension Oracle {
    /// A rejection must prove itself: that of a replacement that nothing took renews nothing, nor does any for a minute.
    mutating func prove(_ text: String, _ ruling: SessionState.RejectionRuling, at now: SessionInstant) {
        guard newest?.text == text, newest?.isRejected == false, !hasRival else { return }
        let isMuted = mutedUntil.map { now < $0 } ?? false
        switch ruling {
        case .renew where isMuted: fail("a rejection must prove itself", "\(text) is renewed within the minute")
        case .renew where isProofPending: fail("a rejection must prove itself", "\(text) is the second in a row")
        case .ignored where isProofPending && !isMuted:
            (isProofPending, mutedUntil) = (false, now + .seconds(60))
        default: break
        }
    }
}
