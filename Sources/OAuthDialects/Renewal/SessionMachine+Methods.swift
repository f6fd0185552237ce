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
        // A client that was refused after a long wait for a connection authenticates all the same.
        let isFirst = operation.exchanges == 0 || (operation.exchanges == 1 && operation.skips(.refresh))
        let isInTime = isFirst || now + policy.exchangeLimits.timeout <= operation.deadline
        guard isInTime || isSignIn else { return fail(operation, lastFailure ?? Self.timedOut, .backOff(until: nil)) }
        // While it remembers a refusal, a client makes one request per renewal, and authenticating is the one that may succeed.
        if isClient, pacer.remembersRefusal, !operation.skips(.refresh) {
            operation.skip(.refresh, "the client was refused")
        }
        var token: RefreshToken?
        if !isSignIn, !operation.skips(.refresh) {
            switch refreshRuling(at: now, isAsked: operation.reason == .requested) {
            case .present(let found) where operation.isLocked: token = found
            case .present: operation.skip(.refresh, "the store's lock could not be taken")
            case .later(let instant, _) where waitsForEnd && instant <= operation.deadline:
                return wait(operation, until: instant)
            case .later(_, let why), .never(let why): operation.skip(.refresh, why)
            }
        }
        guard isSignIn || token != nil || (isClient && !operation.skips(.authenticate)) else {
            return fail(operation, noMethodLeft(in: operation))
        }
        guard pacer.takeExchange(at: now, lifetime: held?.lifetime) else {
            let until = pacer.nextExchange(at: now, lifetime: held?.lifetime)
            return fail(operation, isSignIn ? Self.overBudget : lastFailure ?? Self.overBudget, .budget(until: until))
        }
        operation.exchanges += 1
        if let grant = operation.signInGrant { return go(operation, to: .exchanging(.signIn, grant)) }
        guard let token else { return go(operation, to: .makingGrant) }
        mark(token, in: operation)
    }

    /// Whether the refresh token was refused while its access token worked, which is over: it is presented again in seconds.
    private var waitsForEnd: Bool {
        if !isLive, case .early = record?.refreshStanding.refusals { true } else { false }
    }

    /// Saves that the refresh token is being presented, before it is; a reusable one needs no mark.
    private mutating func mark(_ token: RefreshToken, in operation: consuming Operation) {
        operation.standingBefore = record?.refreshStanding
        if rotation != .reusable {
            holding.tokens?.record.refreshStanding.isSent = true
            if let record { return go(operation, to: .marking(token, stored(record))) }
        }
        go(operation, to: .exchanging(.refresh, .refreshToken(token)))
    }

    private func noMethodLeft(in operation: Operation) -> TokenError {
        let why = operation.skippedText
        let unavailable = TokenError(.unavailable, "No new token is available now (\(why)).", isTransient: true)
        if !isClient, let record, record.refreshToken != nil, policy.refreshTokens != .ignore,
            !record.refreshStanding.isRefused
        {
            return lastFailure ?? unavailable
        }
        return signInRequired(why)
    }

    /// The report that no method is left, and why.
    func signInRequired(_ why: String) -> TokenError {
        let user = record == nil ? "Nobody has signed in yet" : "A person has to sign in"
        let text = isClient ? "No way to a token is left" : user
        return TokenError(
            .signInRequired,
            "\(text) (\(why)).",
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
