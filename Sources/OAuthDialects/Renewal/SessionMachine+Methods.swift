internal import Foundation

/// Which method an operation tries next: refresh, authenticate, or none.
extension SessionMachine {
    /// Starts the next attempt of an operation that has the store's lock, or is known not to get it.
    mutating func attempt(_ operation: consuming Operation) {
        let isSignIn = operation.signInGrant != nil
        if operation.reason == .unsavedRecord { return finish(operation) }
        if operation.reason?.isTime == true, let earliest = pacer.earliestByTime, earliest > now {
            return wait(operation, until: earliest)
        }
        // A policy whose exchanges may take longer than a renewal still allows the first one.
        let isInTime = operation.exchanges == 0 || now + policy.exchangeLimits.timeout <= operation.deadline
        guard isInTime || isSignIn else { return fail(operation, lastFailure ?? Self.timedOut, isTransient: true) }
        let token = isSignIn ? nil : refreshTokenToPresent(in: &operation)
        guard isSignIn || token != nil || (isClient && !operation.skips(.authenticate)) else {
            return fail(operation, noMethodLeft(in: operation))
        }
        guard pacer.takeExchange(at: now, lifetime: held?.lifetime) else {
            let until = pacer.nextExchange(at: now, lifetime: held?.lifetime)
            return fail(operation, Self.overBudget, isTransient: true, until: until)
        }
        operation.exchanges += 1
        if let grant = operation.signInGrant { return go(operation, to: .exchanging(.signIn, grant)) }
        guard let token else { return go(operation, to: .makingGrant) }
        mark(token, in: operation)
    }

    /// Saves that the refresh token is being presented, before it is; a reusable one needs no mark.
    private mutating func mark(_ token: RefreshToken, in operation: consuming Operation) {
        operation.standingBefore = record?.refreshStanding
        if rotation != .reusable {
            let mark: TokenRecord.RefreshStanding = record?.refreshStanding == .sent ? .sentAgain : .sent
            holding.tokens?.record.refreshStanding = mark
            if let record { return go(operation, to: .marking(token, stored(record))) }
        }
        go(operation, to: .exchanging(.refresh, .refreshToken(token)))
    }

    // MARK: Refreshing

    private enum RefreshRuling {
        case present(RefreshToken)
        case skip(String)
    }

    /// Whether a renewal could do more than read the store.
    func canRenew(at now: SessionInstant) -> Bool {
        if case .present = refreshRuling(at: now) { true } else { isClient }
    }

    private func refreshTokenToPresent(in operation: inout Operation) -> RefreshToken? {
        if operation.skips(.refresh) { return nil }
        switch refreshRuling(at: now) {
        case .present(let token) where operation.isLocked: return token
        case .present: operation.skip(.refresh, "the store's lock could not be taken")
        case .skip(let why): operation.skip(.refresh, why)
        }
        return nil
    }

    private func refreshRuling(at now: SessionInstant) -> RefreshRuling {
        guard policy.refreshTokens != .ignore, let record, let token = record.refreshToken else {
            return .skip("no refresh token")
        }
        if let end = holding.tokens?.refreshEnd, end <= now { return .skip("the refresh token has expired") }
        switch record.refreshStanding {
        case .ready:
            return .present(token)
        case .refusedEarly:
            let isEarly = held?.isEarly(at: now) ?? false
            return isClient || isEarly ? .skip("a refresh was refused before the token expired") : .present(token)
        case .sent, .sentAgain:
            if rotation == .reusable { return .present(token) }
            if isClient || record.refreshStanding == .sentAgain { return .skip("the answer to a refresh was lost") }
            let isDue = held.map { !$0.isLive(at: now) || $0.isMandatory(at: now) || $0.rejection != .none } ?? true
            return isDue ? .present(token) : .skip("the answer to a refresh was lost; again when the token expires")
        case .dead:
            return .skip("the refresh token was refused")
        }
    }

    /// Whether a user's refresh token may be presented again, now or when the token in hand expires.
    func mayStillRefresh(at now: SessionInstant) -> Bool {
        guard !isClient, policy.refreshTokens != .ignore, let record, record.refreshToken != nil else { return false }
        if let end = holding.tokens?.refreshEnd, end <= now { return false }
        return switch record.refreshStanding {
        case .ready, .refusedEarly, .sent: true
        case .sentAgain: rotation == .reusable
        case .dead: false
        }
    }

    private func noMethodLeft(in operation: Operation) -> TokenError {
        let why = operation.skippedText
        let isEarly = record?.refreshStanding == .refusedEarly && isLive
        if mayStillRefresh(at: now), !isEarly {
            return lastFailure ?? TokenError(.unavailable, "No new token is available now (\(why)).", isTransient: true)
        }
        return TokenError(
            .signInRequired,
            isClient ? "No way to a token is left (\(why))." : "A person has to sign in (\(why)).",
            hint: "Call beginSignIn(redirectURI:), or signIn(with:) with an authorization code.",
            refusal: lastFailure?.refusal
        )
    }

    private static let overBudget = TokenError(
        .overBudget,
        "The session has sent too many token requests in a short time.",
        hint: "Look for a caller that renews or invalidates in a loop.",
        isTransient: true
    )
}
