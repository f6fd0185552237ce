internal import Foundation

/// What callers ask for and what they report about the token in hand, and how they are answered.
extension SessionMachine {
    mutating func requestToken(_ id: Waiters.ID, timeout: Duration) {
        if holding.isSignedOut { return answer(id, .failure(Self.signedOut)) }
        if let held, held.works(at: now) {
            if held.isFresh(at: now) { return answer(id, .success(.token(held.token))) }
            return serve(held, to: id, timeout: timeout)
        }
        if !isBusy {
            if pacer.isBlocked(at: now) { return answerBlocked(id) }
            start(.token(reasonToRenew))
        }
        wait(id, for: .token, timeout: timeout)
    }

    mutating func requestRenewal(_ id: Waiters.ID) {
        if holding.isSignedOut { return answer(id, .failure(Self.signedOut)) }
        if !isBusy {
            if pacer.isBlocked(at: now) { return answer(id, .failure(blockedFailure)) }
            start(.token(.requested))
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
            start(.token(held.rejection == .none ? isMandatory ? .mandatory : .advisory : .rejected))
        }
        guard isMandatory, let operation, operation.reason != .unsavedRecord else {
            return answer(id, .success(.token(held.token)))
        }
        wait(id, for: .token, timeout: min(timeout, policy.mandatoryTimeout))
    }

    /// Answers while the session backs off: a rejected token that has not expired is better than none.
    private mutating func answerBlocked(_ id: Waiters.ID) {
        guard isLive, let held else { return answer(id, .failure(blockedFailure)) }
        holding.tokens?.access.rejection = .suspect
        answer(id, .success(.token(held.token)))
    }

    /// What callers get for whom nothing is started.
    var blockedFailure: TokenError {
        if holding.isSignedOut { return Self.signedOut }
        return (lastFailure ?? Self.timedOut).retrying(at: pacer.blockedUntil.map(moment.date(of:)))
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

    // MARK: What the API said

    /// The API rejected a request with this token; a caller who waits gets another one, or the same if none is better.
    mutating func reject(_ token: AccessToken, by id: Waiters.ID?, timeout: Duration) {
        // A token that has expired is rejected because of that, which proves nothing.
        if let held, held.token == token, held.isLive(at: now), held.rejection != .rejected, !startRejection(of: held) {
            if let id { answer(id, .success(.token(held.token))) }
            return
        }
        if let id { requestToken(id, timeout: timeout) }
    }

    /// - Returns: whether the rejection renews the token.
    private mutating func startRejection(of held: HeldToken) -> Bool {
        if proof.isPaused(at: now) { return false }
        if proof.isPending {
            proof.isPending = false
            proof.disproved(at: now)
            report(.rejectionIgnored(why: "the token that replaced a rejected one was rejected too"))
            return false
        }
        if pacer.isBlocked(at: now) { return false }
        guard pacer.takeRejection(at: now) else {
            report(.rejectionIgnored(why: "there were too many in a short time"))
            return false
        }
        holding.tokens?.access.rejection = .rejected
        rejected = held.token.value
        report(.tokenRejected)
        return true
    }

    /// The API accepted a request with this token.
    mutating func accept(_ token: AccessToken) {
        guard let held, held.token == token else { return }
        proof.accepted()
        if held.rejection == .suspect { holding.tokens?.access.rejection = .none }
    }

    // MARK: Time

    /// Answers callers whose time is over, goes on without a step whose time is over, and saves what waited.
    mutating func passTime() {
        answerWithoutNews(isLocking ? Self.lateLock : Self.timedOut) { [now] in $0.deadline <= now }
        if let operation, let deadline = operation.stepDeadline, deadline <= now {
            passTime(of: operation)
        } else if !isBusy, let retryAt = unsaved.retryAt, retryAt <= now {
            start(.token(.unsavedRecord))
        }
        for deadline in [waiters.firstDeadline, isBusy ? operation?.stepDeadline : unsaved.retryAt] {
            if let deadline { wake(at: deadline) }
        }
    }

    /// Starts what is due although no caller asks.
    mutating func keepUp() {
        guard let due = nextUpkeep(at: now), due <= now else { return }
        guard let held, held.isLive(at: now), held.rejection == .none else { return start(.token(reasonToRenew)) }
        if canRenew(at: now) { return start(.token(.advisory)) }
        let later = postponed(held)
        holding.tokens?.access = later
    }

    /// Why the token in hand is renewed for callers who wait.
    var reasonToRenew: Operation.Reason {
        guard let held else { return .noToken }
        if !held.isLive(at: now) { return .expired }
        return held.rejection == .none ? .requested : .rejected
    }

    static let signedOut = TokenError(
        .signedOut,
        "The session was signed out.",
        hint: "Call beginSignIn(redirectURI:) or signIn(with:) to sign in again."
    )

    private var isLocking: Bool { if case .locking = operation?.stage { true } else { false } }

    static let lateLock = TokenError(.storeBusy, "The store's lock was not free in time.", isTransient: true)

    static let timedOut = TokenError(
        .timedOut,
        "Timed out waiting for a token.",
        hint: "The token request goes on; ask again.",
        isTransient: true
    )
}
