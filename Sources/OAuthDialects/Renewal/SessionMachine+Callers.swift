internal import Foundation

/// What callers ask for, and how they are answered.
extension SessionMachine {
    mutating func requestToken(_ id: Waiters.ID, timeout: Duration) {
        if holding.isSignedOut { return answer(id, .failure(Self.signedOut)) }
        if let held, held.works(at: now) {
            if held.isFresh(at: now) { return answer(id, .success(.token(held.token))) }
            return serve(held, to: id, timeout: timeout)
        }
        if !isBusy {
            if pacer.isBlocked(at: now) { return answerBlocked(id) }
            start(held == nil ? .noToken : held?.rejection == .rejected ? .rejected : .expired)
        }
        wait(id, for: .token, timeout: timeout)
    }

    mutating func requestRenewal(_ id: Waiters.ID) {
        if holding.isSignedOut { return answer(id, .failure(Self.signedOut)) }
        if !isBusy {
            if pacer.isBlocked(at: now), let lastFailure { return answer(id, .failure(lastFailure)) }
            start(.requested)
        }
        wait(id, for: .newerToken, timeout: policy.renewalTimeout)
    }

    /// Starts a sign-in, or queues it behind the operation that goes on.
    mutating func requestSignIn(_ id: Waiters.ID, _ grant: Grant) {
        wait(id, for: .turn(grant), timeout: policy.renewalTimeout * 2)
        startNext()
    }

    /// Serves a token that works and is due, and starts what can be done about it.
    private mutating func serve(_ held: HeldToken, to id: Waiters.ID, timeout: Duration) {
        let isMandatory = held.isMandatory(at: now)
        if !isBusy, !pacer.isBlocked(at: now), canRenew(at: now) {
            start(held.rejection == .none ? isMandatory ? .mandatory : .advisory : .rejected)
        }
        guard isMandatory, let operation, operation.reason != .unsavedRecord else {
            return answer(id, .success(.token(held.token)))
        }
        wait(id, for: .token, timeout: min(timeout, policy.mandatoryTimeout))
    }

    /// Answers while the session backs off: a rejected token that has not expired is better than none.
    private mutating func answerBlocked(_ id: Waiters.ID) {
        guard isLive, let held else { return answer(id, .failure(lastFailure ?? Self.timedOut)) }
        holding.tokens?.access.rejection = .suspect
        answer(id, .success(.token(held.token)))
    }

    mutating func wait(_ id: Waiters.ID, for purpose: Waiters.Purpose, timeout: Duration) {
        waiters[id] = Waiters.Waiter(since: now, deadline: now + timeout, purpose: purpose)
        wake(at: now + timeout)
    }

    mutating func answer(_ id: Waiters.ID, _ result: Result<Decision.Answer, TokenError>) {
        decision.answers.append((waiter: id, result: result))
    }

    /// Resumes the callers that wait for the operation, in FIFO order.
    mutating func answerAll(_ result: Result<Decision.Answer, TokenError>) {
        decision.answers += waiters.take { $0.grant == nil }.map { (waiter: $0.key, result: result) }
    }

    /// Answers callers for whom no new token came; those who asked for a token get the one in hand until it expires.
    mutating func answerWithoutNews(_ error: TokenError, where matches: (Waiters.Waiter) -> Bool) {
        for (id, waiter) in waiters.take(where: matches) {
            if waiter.wantsToken, let held, held.isLive(at: now) {
                answer(id, .success(.token(held.token)))
            } else {
                answer(id, .failure(waiter.wantsToken && holding.isSignedOut ? Self.signedOut : error))
            }
        }
    }

    /// Answers callers whose time is over, goes on without a step whose time is over, and saves what waited.
    mutating func passTime() {
        answerWithoutNews(Self.timedOut) { [now] in $0.deadline <= now }
        if let operation, let deadline = operation.stepDeadline, deadline <= now {
            passTime(of: operation)
        } else if !isBusy, let retryAt = unsaved.retryAt, retryAt <= now {
            start(.unsavedRecord)
        }
        for deadline in [waiters.firstDeadline, isBusy ? operation?.stepDeadline : unsaved.retryAt] {
            if let deadline { wake(at: deadline) }
        }
    }

    /// Starts what is due although no caller asks.
    mutating func keepUp() {
        guard let due = nextUpkeep(at: now), due <= now else { return }
        guard let held else { return start(.noToken) }
        if !held.isLive(at: now) { return start(.expired) }
        if held.rejection != .none { return start(.rejected) }
        if canRenew(at: now) { start(.advisory) } else { holding.tokens?.access.renewal = held.windows?.end }
    }

    static let signedOut = TokenError(
        .signedOut,
        "The session was signed out.",
        hint: "Call beginSignIn(redirectURI:) or signIn(with:) to sign in again."
    )

    static let timedOut = TokenError(
        .timedOut,
        "Timed out waiting for a token.",
        hint: "The token request goes on; ask again.",
        isTransient: true
    )
}
