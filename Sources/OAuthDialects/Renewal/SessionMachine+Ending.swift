internal import Foundation

/// The ends of an operation: a record from the store, new tokens, or a failure.
extension SessionMachine {
    /// Adopts the record in the store if another session or process has stored a newer one.
    ///
    /// - Returns: whether the operation is over.
    mutating func adopt(_ stored: TokenRecord?, for operation: Operation) -> Bool {
        guard let stored else { return false }
        let isNews = stored.generation > newestSeen
        newestSeen = max(newestSeen, stored.generation)
        if stored.isTombstone { return adopt(tombstone: stored, isNews: isNews, for: operation) }
        if let record, stored.generation <= record.generation, !stored.isLaterTwin(of: record) {
            // Without the lock, the stored record may be older than the one that is being saved.
            if operation.isLocked, stored.isSameGeneration(as: record) {
                holding.tokens?.record.refreshStanding.learn(stored.refreshStanding, isUnsaved: !unsaved.isNothing)
            }
            return false
        }
        if keepsSignIn(from: stored.signIn, before: stored.signIn?.date ?? stored.requestedAt) { return false }
        // A process that did not know of the sign-out has renewed the tokens.
        if case .signedOut(let tombstone) = holding, tombstone.ends(stored.signIn) { return false }
        // A sign-in may be another user's: the record stays until the provider has answered.
        if operation.signInGrant != nil { return false }
        // A wall clock that was set back would make the token's age negative.
        let age = max(Lifetime.between(stored.requestedAt, moment.date), .zero)
        guard var found = hold(stored, from: now - age) else { return false }
        found.isStored = true
        if found.token.value == rejected { found.rejection = .rejected }
        let works = found.works(at: now)
        if !works, isLive, unsaved.news ?? .standing != .standing, let record, stored.requestedAt <= record.requestedAt
        {
            // The stored token has expired; ours is at least as new, is not saved yet, and works: it gets the higher generation.
            let next = nextGeneration
            holding.tokens?.record.generation = next
            return false
        }
        // The process that stored that the refresh token was refused has reported it.
        isSignInReported = !isClient && stored.refreshStanding.isRefused
        unsaved = .nothing
        if works { proof.isPending = held?.isRejected ?? false }
        // Keeps an unexpired token rather than a newer one that does not work.
        let access = works || !isLive || isDead ? found : held ?? found
        let refreshEnd = stored.refreshTokenEndsAt.map { now + Lifetime.between(moment.date, $0) }
        holding = .tokens(Holding.Tokens(record: stored, access: access, refreshEnd: refreshEnd))
        guard works else { return false }
        (lastFailure, failingSince) = (nil, nil)
        pacer.clear()
        report(.tokenAdopted)
        answerAll(.success(.token(found.token)))
        finish(operation)
        return true
    }

    /// A tombstone counts if its generation is above the record's, or if it is new in the store and no sign-in is unsaved.
    ///
    /// A session whose saves fail may be ahead of the store. A sign-in continues despite a tombstone.
    private mutating func adopt(tombstone: TokenRecord, isNews: Bool, for operation: Operation) -> Bool {
        if keepsSignIn(from: tombstone.signIn, before: tombstone.requestedAt) { return false }
        let isNewer = tombstone.generation > record?.generation ?? 0
        guard !holding.isSignedOut, isNewer || (isNews && !unsaved.isSignIn) else { return false }
        forgetTokens(leaving: tombstone)
        if operation.signInGrant != nil { return false }
        answerAll(.failure(Self.signedOut))
        finish(operation)
        return true
    }

    /// Gives the record of an unsaved sign-in a higher generation than the stored one.
    private mutating func keepsSignIn(from other: TokenRecord.SignIn?, before date: Date) -> Bool {
        guard unsaved.isSignIn, let ours = record?.signIn, other?.id != ours.id, date <= ours.date else { return false }
        let next = nextGeneration
        holding.tokens?.record.generation = next
        return true
    }

    /// Gives every waiting caller the new access token.
    mutating func succeed(_ operation: Operation, _ newTokens: NewTokens, unsavedBecause failure: TokenError? = nil) {
        if let failure {
            report(.storeFailed(failure))
            saveLater(newTokens.method == .signIn ? .signIn : .tokens)
        }
        proof.isPending = newTokens.method != .signIn && held?.isRejected ?? false
        let (new, answer) = (newTokens.tokens.access, newTokens.answer)
        var tokens = newTokens.tokens
        if let held, held.isLive(at: now), !held.isRejected, held.token != new.token, !new.isLive(at: now),
            newTokens.method != .signIn
        {
            // The new token expired while it was being saved.
            tokens.access = held
        }
        // Rejections that callers reported during the save.
        if let held, new.token == held.token, new.token.value != answer.set.accessToken {
            tokens.access.rejection = held.rejection
        }
        if tokens.record.signIn?.id == record?.signIn?.id { tokens.record.signIn = record?.signIn }
        if failure == nil, newTokens.stored.signIn?.trial == .rejectedFirst, tokens.record.signIn?.trial == .accepted {
            saveLater()
        }
        holding = .tokens(tokens)
        (lastFailure, failingSince, isSignInReported) = (nil, nil, false)
        pacer.succeeded(sentAt: answer.sent.now)
        for deviation in answerReports.news(in: answer, lifetime: new.lifetime) { report(.answerDeviated(deviation)) }
        if let missing = answerReports.newlyMissingScopes(in: answer) { report(.scopesReduced(missing)) }
        report(.renewalSucceeded(summary(of: operation), newTokens.method, lifetime: new.lifetime))
        if newTokens.method == .signIn {
            report(.signedIn)
            for (id, _) in waiters.take(where: \.isSignOut) { self.answer(id, .success(.signedOut(.notAsked))) }
        }
        answerAll(.success(.token(tokens.access.token)))
        finish(operation)
    }

    /// When renewals may start again after a failure.
    enum Pace {
        case backOff(until: SessionInstant?)
        case budget(until: SessionInstant)
        case remember
    }

    /// Ends an operation without tokens: answers every waiting caller, and backs off.
    mutating func fail(_ operation: Operation, _ error: TokenError, _ pace: Pace? = nil) {
        if operation.reason == .unsavedRecord {
            // Only failed renewals back off.
            report(.storeFailed(error))
            saveLater()
            return finish(operation)
        }
        let isSignIn = operation.signInGrant != nil
        let failure = isSignIn ? error.retrying(at: nil) : noteFailure(error, pace, of: operation)
        // A sign-in that failed says nothing about the token in hand.
        if failure.code == .signInRequired, !isSignIn { markDead() } else if !isSignIn { markSuspect() }
        let servesHeld = isLive && !isDead
        let severity: Occurrence.Severity =
            servesHeld ? .servesHeld : record == nil && failure.code == .signInRequired ? .expected : .callersFail
        report(.renewalFailed(summary(of: operation), failure, severity))
        if servesHeld { report(.tokenServed) }
        if failure.code == .signInRequired, !isSignIn, !servesHeld, !isSignInReported {
            isSignInReported = true
            report(.signInRequired(failure, severity))
        }
        // A refused code does not concern callers who wait for a token: a renewal follows for them.
        answerWithoutNews(failure) { $0.grant == nil && !$0.isSignOut && (!isSignIn || $0.isSignIn) }
        let isFirstRejection = operation.reason == .rejected && record?.signIn?.trial == .rejectedFirst
        let isChanged = operation.standingBefore != nil || (isFirstRejection && generation == record?.generation)
        finish(operation, saving: isChanged && operation.isLocked ? record.map(stored) : nil)
    }

    /// - Returns: the error for callers: that a person has to sign in remains true until tokens arrive.
    private mutating func noteFailure(_ error: TokenError, _ pace: Pace?, of operation: Operation) -> TokenError {
        var failure = error
        if !isClient, error.code != .signInRequired, !(held?.works(at: now) ?? false),
            record?.refreshStanding.isRefused ?? false
        {
            failure = signInRequired("the refresh token was refused")
        }
        switch pace ?? (error.isTransient || isLive ? .backOff(until: nil) : .remember) {
        case .backOff(let until): pacer.backOff(at: now, until: until ?? operation.retryAfter, random: &random)
        case .budget(let until):
            if operation.exchanges > 0 { pacer.backOff(at: now, until: nil, random: &random) }
            pacer.block(until: until)
        case .remember:
            let next: SessionInstant? = if case .later(let next, _) = refreshRuling(at: now) { next } else { nil }
            pacer.remember(at: now, latest: next)
            if let wanted = operation.retryAfter { pacer.obey(wanted, at: now) }
        }
        failure = failure.retrying(at: pacer.blockedUntil.map(moment.date(of:)))
        failingSince = failingSince ?? moment.date
        lastFailure = failure
        return failure
    }

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

    mutating func noteUnsaved(_ failure: TokenError, _ news: Unsaved.News = .standing) {
        report(.storeFailed(failure))
        if case .tokens = holding { saveLater(news) }
    }

    mutating func saveLater(_ news: Unsaved.News = .standing) {
        // An unsaved tombstone is retried separately; only a new sign-in replaces it.
        if unsaved.signOut != nil, news != .signIn { return }
        let failures = unsaved.failures
        let retryAt = now + policy.backoff.lowerBound + pacer.pause(after: 2 + failures, random: &random)
        let newest = unsaved.news.map { $0.rawValue > news.rawValue ? $0 : news } ?? news
        unsaved = .record(newest, retryAt: retryAt, failures: min(failures + 1, 30))
        wake(at: retryAt)
    }
}
