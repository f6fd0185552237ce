internal import Foundation

extension SessionState {
    /// What a signed-out session leaves behind: the tokens that were in hand, for revoking.
    package struct Leaving: Sendable {
        package let accessToken: Secret?
        package let refreshToken: RefreshToken?
        let generation: Int

        /// What the store has instead, if that is newer: for a session that has read nothing yet, or another's renewal.
        func orNewer(_ stored: TokenRecord?) -> Self {
            guard let stored, !stored.isTombstone, stored.generation > generation else { return self }
            return Self(
                accessToken: stored.accessToken,
                refreshToken: stored.refreshToken,
                generation: stored.generation
            )
        }
    }

    /// Forgets every token, answers every caller, and fences the flight in the air.
    package mutating func signOut(at moment: Moment, _ effects: inout Effects) -> Leaving {
        let leaving = Leaving(
            accessToken: held?.token.value,
            refreshToken: record?.refreshToken,
            generation: generation
        )
        bury(at: moment, &effects)
        record = TokenRecord(
            generation: nextGeneration(),
            id: random.hexadecimal(),
            accessToken: nil,
            requestedAt: moment.date
        )
        return leaving
    }

    /// The tombstone to store: newer than what is known here and than what is stored.
    ///
    /// - Returns: `nil` if somebody has signed in since.
    package mutating func tombstone(over stored: TokenRecord?, at moment: Moment) -> TokenRecord? {
        guard isSignedOut else { return nil }
        let newest = max(generation, TokenRecord.generation(after: stored?.generation ?? 0))
        record = TokenRecord(generation: newest, id: random.hexadecimal(), accessToken: nil, requestedAt: moment.date)
        return record
    }

    /// A tombstone was found in the store: it holds if it is newer than what is known, or than all that was seen there.
    ///
    /// A session whose saves fail may be ahead of the store by its own count; a sign-in that is not saved yet passes.
    ///
    /// - Returns: whether that was the end of the flight; that of a sign-in goes on, because it passes tombstones.
    mutating func heed(
        _ tombstone: TokenRecord,
        isNews: Bool,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Bool {
        let isNewer = tombstone.generation > record?.generation ?? 0
        guard !isSignedOut, isNewer || (isNews && !isSignInUnsaved) else { return false }
        let signIn = flight?.signIn == nil ? nil : flight
        let waiting = waiters
        if signIn != nil { waiters.removeAll() }
        bury(at: moment, &effects)
        record = tombstone
        if let signIn { (flight, waiters) = (signIn, waiting) }
        return signIn == nil
    }

    private mutating func bury(at moment: Moment, _ effects: inout Effects) {
        held = nil
        refreshEnd = nil
        flight = nil
        isDirty = false
        isSignInUnsaved = false
        savingAgainAt = nil
        isSignedOut = true
        lastFailure = nil
        pacer.clear()
        effects.events.append(SessionEvent(.signedOut, .notice, "The session was signed out.", at: moment.date))
        answerAll(.failure(Self.signedOut), &effects)
    }

    /// A person signs in: a flight of its own, once there is none in the air.
    package mutating func signIn(
        _ waiter: UInt64,
        with grant: Grant,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Bool {
        let isFree = flight == nil
        if isFree { depart(.signIn, signIn: grant, at: moment, &effects) }
        enlist(waiter, for: policy.renewalTimeout * 2, at: moment, takesHeld: false, &effects)
        return isFree
    }
}
