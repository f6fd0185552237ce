internal import Foundation

/// How an operation ends: with what is found in the store, with new tokens, or with neither.
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
            // It does not work and ours does: ours gets the higher number, to replace it.
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

    /// A tombstone counts if its number is above our record's, or if it is new in the store and we hold no unsaved sign-in.
    ///
    /// A session whose saves fail may be ahead of the store by its own count. A sign-in goes on past a tombstone.
    private mutating func adopt(tombstone: TokenRecord, isNews: Bool, for operation: Operation) -> Bool {
        let isNewer = tombstone.generation > record?.generation ?? 0
        guard !holding.isSignedOut, isNewer || (isNews && !unsaved.isSignIn) else { return false }
        forgetTokens(leaving: tombstone)
        if operation.signInGrant != nil { return false }
        answerAll(.failure(Self.signedOut))
        finish(operation)
        return true
    }

    /// New tokens are in hand: everyone who waits gets the access token.
    mutating func succeed(_ operation: Operation, _ newTokens: NewTokens, unsavedBecause failure: TokenError? = nil) {
        if let failure {
            report(.storeFailed(failure))
            saveLater(isSignIn: unsaved.isSignIn || newTokens.method == .signIn)
        }
        proof.isPending = held.map { $0.rejection != .none } ?? false
        let (new, answer) = (newTokens.tokens.access, newTokens.answer)
        var tokens = newTokens.tokens
        if let held, held.isLive(at: now), held.rejection == .none, held.token != new.token, !new.isLive(at: now),
            newTokens.method != .signIn
        {
            // The new one expired while it was being saved.
            tokens.access = held
        }
        holding = .tokens(tokens)
        (lastFailure, isSignInReported) = (nil, false)
        pacer.succeeded(sentAt: answer.sent.now)
        for deviation in answerReports.news(in: answer, lifetime: new.lifetime) { report(.answerDeviated(deviation)) }
        if let missing = answerReports.newlyMissingScopes(in: answer) { report(.scopesReduced(missing)) }
        report(.renewalSucceeded(summary(of: operation), newTokens.method, lifetime: new.lifetime))
        if newTokens.method == .signIn { report(.signedIn) }
        answerAll(.success(.token(tokens.access.token)))
        finish(operation)
    }

    /// The operation brought nothing: everyone who waits is answered, and the session backs off.
    mutating func fail(
        _ operation: Operation,
        _ error: TokenError,
        isTransient: Bool? = nil,
        until wanted: SessionInstant? = nil
    ) {
        let isSignIn = operation.signInGrant != nil
        let wanted = wanted ?? operation.retryAfter
        if !isSignIn {
            if isTransient ?? error.isTransient || isLive {
                pacer.backOff(at: now, until: wanted, random: &random)
            } else {
                pacer.remember(at: now, until: wanted)
            }
        }
        let failure = error.retrying(at: isSignIn ? nil : pacer.blockedUntil.map(moment.date(of:)))
        if !isSignIn { lastFailure = failure }
        markSuspect()
        report(.renewalFailed(summary(of: operation), failure, servesHeld: isLive))
        if isLive { report(.tokenServed) }
        if failure.code == .signInRequired, !isSignInReported {
            isSignInReported = true
            report(.signInRequired(failure, servesHeld: isLive))
        }
        // A refused code says nothing to the callers who wait for a token: they get a renewal of their own.
        answerWithoutNews(failure) { $0.grant == nil && (!isSignIn || $0.isSignIn) }
        let mustSave = operation.standingBefore != nil && operation.isLocked
        finish(operation, saving: mustSave ? record.map(stored) : nil)
    }

    /// A rejected token whose renewal failed is served, because there is no better one.
    mutating func markSuspect() { if held?.rejection == .rejected { holding.tokens?.access.rejection = .suspect } }

    private func summary(of operation: Operation) -> Occurrence.Summary {
        Occurrence.Summary(
            reason: operation.reasonText,
            duration: now - operation.startedAt,
            waiters: waiters.count,
            longestWait: waiters.firstSince.map { now - $0 },
            skipped: operation.skippedText
        )
    }

    // MARK: Saving again

    mutating func noteUnsaved(_ failure: TokenError) {
        report(.storeFailed(failure))
        if case .tokens = holding { saveLater() }
    }

    mutating func saveLater(isSignIn: Bool? = nil) {
        let failures = unsaved.failures
        let retryAt = now + policy.backoff.lowerBound + pacer.pause(after: 2 + failures, random: &random)
        unsaved = .record(
            retryAt: retryAt,
            failures: min(failures + 1, 30),
            isSignIn: isSignIn ?? unsaved.isSignIn
        )
        wake(at: retryAt)
    }
}
