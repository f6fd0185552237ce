internal import Foundation

/// What callers ask for, and how they are answered.
extension SessionMachine {
    mutating func requestToken(_ id: Waiters.ID, timeout: Duration, isForRequest: Bool = false) {
        if holding.isSignedOut { return lookForSignIn(id, timeout: timeout) }
        if let held, held.works(at: now) {
            if held.isFresh(at: now) { return answer(id, .success(.token(held.token))) }
            return serve(held, to: id, timeout: timeout)
        }
        if isDead, let held {
            return serveDead(held, to: id, timeout: timeout, isForRequest: isForRequest)
        }
        if !isBusy, isLive, let held, pacer.isBlocked(at: now) {
            // A rejected token that has not expired is better than none.
            markSuspect()
            return answer(id, .success(.token(held.token)))
        }
        waitForNews(id, timeout: timeout)
    }

    /// Waits for a renewal or, while none may start, for a look at the store: another process may have a token.
    mutating func waitForNews(_ id: Waiters.ID, timeout: Duration) {
        if !isBusy, !pacer.isBlocked(at: now), !isDead || canRenew(at: now) { start(.token(reasonToRenew)) }
        let mayLook = isBusy || pacer.takeLook(at: now)
        if mayLook { waitOrLook(id, timeout: timeout) } else { answer(id, .failure(blockedFailure)) }
    }

    mutating func requestRenewal(_ id: Waiters.ID) {
        if holding.isSignedOut { return answer(id, .failure(Self.signedOut)) }
        if !isBusy || operation?.isLook == true { pacer.forgetRefusals() }
        if !isBusy {
            if pacer.isBlocked(at: now) { return answer(id, .failure(blockedFailure)) }
            start(.token(.requested))
        }
        wait(id, for: .newerToken, until: now + policy.renewalTimeout)
    }

    /// Starts a sign-in, or queues it behind the operation that goes on.
    mutating func requestSignIn(_ id: Waiters.ID, _ grant: Grant) {
        wait(id, for: .turn(grant), until: now + policy.renewalTimeout * 2)
        startNext()
    }

    /// Serves a token that works and is due, and starts what can be done about it.
    private mutating func serve(_ held: HeldToken, to id: Waiters.ID, timeout: Duration) {
        let isMandatory = held.isMandatory(at: now)
        if !isBusy, !pacer.isBlocked(at: now), canRenew(at: now) {
            start(.token(held.isRejected ? .rejected : isMandatory ? .mandatory : .advisory))
        }
        let longest = now + min(timeout, policy.mandatoryTimeout)
        let deadline = held.windows.map { min(longest, $0.end - Self.lead) } ?? longest
        guard isMandatory, deadline > now, let operation, operation.isRenewing else {
            return answer(id, .success(.token(held.token)))
        }
        wait(id, for: .token(until: now + timeout), until: deadline)
    }

    mutating func wait(_ id: Waiters.ID, for purpose: Waiters.Purpose, until deadline: SessionInstant) {
        waiters[id] = Waiters.Waiter(since: now, deadline: deadline, purpose: purpose)
        wake(at: deadline)
    }

    mutating func answer(_ id: Waiters.ID, _ result: Result<Decision.Answer, TokenError>) {
        decision.answers.append((waiter: id, result: result))
    }

    /// Resumes the callers that wait for the operation, in FIFO order.
    mutating func answerAll(_ result: Result<Decision.Answer, TokenError>) {
        decision.answers += waiters.take { $0.grant == nil && !$0.isSignOut }.map { (waiter: $0.key, result: result) }
    }

    /// Answers callers for whom no new token came; those who asked for a token get the one in hand until it expires.
    mutating func answerWithoutNews(_ error: TokenError, where matches: (Waiters.Waiter) -> Bool) {
        for (id, waiter) in waiters.take(where: matches) { answer(id, waiter, error) }
    }

    private mutating func answer(_ id: Waiters.ID, _ waiter: Waiters.Waiter, _ error: TokenError) {
        if waiter.wantsToken, let held, isLive, !isDead {
            answer(id, .success(.token(held.token)))
        } else {
            answer(id, .failure(waiter.wantsToken && holding.isSignedOut ? Self.signedOut : error))
        }
    }

    // MARK: Time

    /// Answers callers whose time is over, goes on without a step whose time is over, and saves what waited.
    mutating func passTime() {
        for (id, waiter) in waiters.take(where: { [now] in $0.deadline <= now }) { passTime(of: id, waiter) }
        if let operation, let deadline = operation.stepDeadline, deadline <= now {
            passTime(of: operation)
        } else if !isBusy, let retryAt = unsaved.retryAt, retryAt <= now {
            start(unsaved.signOut.map { .signOut($0) } ?? .token(.unsavedRecord))
        }
        for deadline in [waiters.firstDeadline, isBusy ? operation?.stepDeadline : unsaved.retryAt] {
            if let deadline { wake(at: deadline) }
        }
    }

    private mutating func passTime(of id: Waiters.ID, _ waiter: Waiters.Waiter) {
        if case .token(let until) = waiter.purpose, until > now, operation?.isRenewing == true, !isLive,
            !holding.isSignedOut
        {
            // The token has ended before the timer came, or the look that it waited for has led to a renewal.
            return wait(id, for: waiter.purpose, until: until)
        }
        if waiter.isSignOut, case .revoking = operation?.stage, operation?.signOut?.storeFailure == nil {
            // The tombstone is in the store; the revocation goes on.
            return answer(id, .success(.signedOut(.failed)))
        }
        answer(id, waiter, lateness(for: waiter))
    }

    /// Starts what is due although no caller asks.
    mutating func keepUp() {
        guard let due = nextUpkeep(at: now), due <= now else { return }
        guard let held, held.isLive(at: now), !held.isRejected else { return start(.token(reasonToRenew)) }
        if canRenew(at: now) { return start(.token(.advisory)) }
        let later = postponed(held)
        holding.tokens?.access = later
    }

    /// How long before the end of a token a caller gets it who waited for a newer one.
    private static let lead = Duration.milliseconds(100)

    /// Why the token in hand is renewed for callers who wait.
    var reasonToRenew: Operation.Reason {
        guard let held else { return .noToken }
        if !held.isLive(at: now) { return .expired }
        return held.isRejected ? .rejected : .requested
    }

    static let signedOut = TokenError(
        .signedOut,
        "The session was signed out.",
        hint: "Call beginSignIn(redirectURI:) or signIn(with:) to sign in again."
    )
}
