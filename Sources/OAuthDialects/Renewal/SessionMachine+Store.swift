internal import Foundation

/// What was found in the store.
extension SessionMachine {
    /// Takes over what another session, process, or run has stored, if it is newer.
    ///
    /// - Returns: whether the operation is over.
    mutating func adopt(_ stored: TokenRecord?, for operation: Operation) -> Bool {
        guard let stored else { return false }
        let isNews = stored.generation > newestSeen
        newestSeen = max(newestSeen, stored.generation)
        if stored.isTombstone { return adopt(tombstone: stored, isNews: isNews, for: operation) }
        if let record, stored.generation <= record.generation {
            if unsaved.isNothing, stored.isSameGeneration(as: record) {
                holding.tokens?.record.refreshStanding = stored.refreshStanding
            }
            return false
        }
        // A sign-in may be for someone else: what is here stays until the provider has answered.
        if operation.signInGrant != nil { return false }
        // A wall clock that was set back takes nothing away from the token's age.
        let age = max(Lifetime.between(stored.requestedAt, moment.date), .zero)
        guard var found = hold(stored, from: now - age) else { return false }
        found.isStored = true
        if found.token.value == rejected { found.rejection = .rejected }
        let works = found.works(at: now)
        if !works, isLive, !unsaved.isNothing {
            // Newer by its number alone: what is in hand replaces it.
            let next = nextGeneration
            holding.tokens?.record.generation = next
            return false
        }
        // The process that stored that the refresh token is dead has reported it.
        isSignInReported = !isClient && stored.refreshStanding == .dead
        unsaved = .nothing
        if works { proof.isPending = held.map { $0.rejection != .none } ?? false }
        // A token in hand that has not expired is better than a newer one that does not work.
        let access = works || !isLive ? found : held ?? found
        let refreshEnd = stored.refreshTokenEndsAt.map { now + Lifetime.between(moment.date, $0) }
        holding = .tokens(Holding.Tokens(record: stored, access: access, refreshEnd: refreshEnd))
        guard works else { return false }
        lastFailure = nil
        pacer.clear()
        report(.tokenAdopted)
        answerAll(.success(.token(found.token)))
        finish(operation)
        return true
    }

    /// A tombstone counts if it is newer than what is known, or than all that was seen in the store.
    ///
    /// A session whose saves fail may be ahead of the store by its own count. A sign-in passes a tombstone.
    private mutating func adopt(tombstone: TokenRecord, isNews: Bool, for operation: Operation) -> Bool {
        let isNewer = tombstone.generation > record?.generation ?? 0
        guard !holding.isSignedOut, isNewer || (isNews && !unsaved.isSignIn) else { return false }
        forgetTokens(leaving: tombstone)
        if operation.signInGrant != nil { return false }
        answerAll(.failure(Self.signedOut))
        finish(operation)
        return true
    }
}
