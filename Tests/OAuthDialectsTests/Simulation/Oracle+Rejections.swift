import OAuthDialects

extension Oracle {
    /// A rejection must prove itself: that of a replacement that nothing accepted renews nothing, nor does any for a minute.
    mutating func rejectionStarts(at now: SessionInstant) {
        guard let text = rejecting else { return fail("a rejection has a cause", "the API rejected nothing") }
        let isMuted = mutedUntil.map { now < $0 } ?? false
        if newest?.text == text, newest?.isRejected == false, !hasRival {
            if isMuted { fail("a rejection must prove itself", "\(text) is renewed within the minute") }
            if isProofPending { fail("a rejection must prove itself", "\(text) is the second in a row") }
        }
        guard newest?.text == text else { return }
        isRejectionKnown = true
        newest?.isRejected = true
    }

    mutating func rejectionIsIgnored(at now: SessionInstant) {
        guard let newest, newest.text == rejecting, !newest.isRejected, !hasRival, isProofPending else { return }
        if !newest.isLive(at: now) || mutedUntil.map({ now < $0 }) ?? false { return }
        (isProofPending, mutedUntil) = (false, now + .seconds(60))
    }
}

extension Occurrence {
    var isRejection: Bool { if case .tokenRejected = self { true } else { false } }
}
