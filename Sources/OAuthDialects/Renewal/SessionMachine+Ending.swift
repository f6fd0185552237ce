internal import Foundation

/// How an operation ends.
extension SessionMachine {
    /// New tokens are in hand: everyone who waits gets the access token.
    mutating func succeed(_ operation: Operation, _ newTokens: NewTokens, unsavedBecause failure: TokenError? = nil) {
        if let failure {
            report(.storeFailed(failure))
            saveLater(isSignIn: unsaved.isSignIn || newTokens.method == .signIn)
        }
        proof.isPending = held.map { $0.rejection != .none } ?? false
        var access = newTokens.access
        if let held, held.isLive(at: now), held.rejection == .none, held.token != access.token,
            !access.isLive(at: now), newTokens.method != .signIn
        {
            // It expired while it was being saved.
            access = held
        }
        holding = .tokens(Holding.Tokens(record: newTokens.record, access: access, refreshEnd: newTokens.refreshEnd))
        lastFailure = nil
        isSignInReported = false
        pacer.succeeded(sentAt: newTokens.sentAt)
        let lifetime = newTokens.access.lifetime
        for deviation in answerReports.news(in: newTokens.deviations, lifetime: lifetime) {
            report(.answerDeviated(deviation))
        }
        if let missing = answerReports.news(missing: newTokens.missingScopes) { report(.scopesReduced(missing)) }
        report(.renewalSucceeded(summary(of: operation), newTokens.method, lifetime: lifetime))
        if newTokens.method == .signIn { report(.signedIn) }
        answerAll(.success(.token(newTokens.access.token)))
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
        if !isSignIn {
            if isTransient ?? error.isTransient || isLive {
                pacer.backOff(at: now, until: wanted, random: &random)
            } else {
                pacer.remember(at: now)
            }
        }
        let failure = error.retrying(at: isSignIn ? nil : pacer.blockedUntil.map(moment.date(of:)))
        lastFailure = failure
        markSuspect()
        report(.renewalFailed(summary(of: operation), failure, servesHeld: isLive))
        if isLive { report(.tokenServed) }
        if failure.code == .signInRequired, !isSignInReported {
            isSignInReported = true
            report(.signInRequired(failure, servesHeld: isLive))
        }
        // A refused code says nothing to callers who wait for a token: they get a renewal of their own.
        let isOthers = isSignIn && !isLive && !holding.isSignedOut && !pacer.isBlocked(at: now)
        answerWithoutNews(failure) { $0.grant == nil && !(isOthers && $0.wantsToken) }
        let mustSave = operation.standingBefore != nil && operation.isLocked
        finish(operation, saving: mustSave ? record.map(stored) : nil)
    }

    /// A rejected token whose renewal failed is served, because there is no better one.
    mutating func markSuspect() {
        if held?.rejection == .rejected { holding.tokens?.access.rejection = .suspect }
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
