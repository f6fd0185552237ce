internal import Foundation

/// Whether the refresh token in hand may be presented.
enum RefreshRuling {
    case present(RefreshToken)
    case later(SessionInstant, why: String)
    case never(why: String)
}

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
        // A client whose refresh was refused after a long wait for a connection authenticates all the same.
        let isRefused = operation.exchanges == 1 && operation.failures == 0 && operation.skips(.refresh)
        let isFirst = operation.exchanges == 0 || isRefused
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
        // A static token costs no token request.
        guard isStatic || pacer.takeExchange(at: now, lifetime: held?.lifetime) else {
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

// MARK: The refresh token

extension SessionMachine {
    /// Whether a renewal could do more than read the store.
    func canRenew(at now: SessionInstant) -> Bool {
        if case .present = refreshRuling(at: now) { true } else { isClient }
    }

    /// What may be done with the refresh token in hand; `renew()` asks for more than time does.
    func refreshRuling(at now: SessionInstant, isAsked: Bool = false) -> RefreshRuling {
        guard policy.refreshTokens != .ignore, let record, let token = record.refreshToken else {
            return .never(why: "no refresh token")
        }
        return isClient ? clientRuling(token, record, at: now) : userRuling(token, record, at: now, isAsked: isAsked)
    }

    /// A client authenticates instead of presenting a token that may be of no use.
    private func clientRuling(_ token: RefreshToken, _ record: TokenRecord, at now: SessionInstant) -> RefreshRuling {
        if let end = holding.tokens?.refreshEnd, end <= now { return .never(why: "the refresh token has expired") }
        if record.refreshStanding.refusals != .none { return .never(why: "the refresh token was refused") }
        let isLost = record.refreshStanding.isSent && rotation != .reusable
        return isLost ? .never(why: "the answer to a refresh was lost") : .present(token)
    }

    /// A user's token is the only way back to a token, so it is presented again: giving up loses the sign-in for certain.
    private func userRuling(
        _ token: RefreshToken,
        _ record: TokenRecord,
        at now: SessionInstant,
        isAsked: Bool
    ) -> RefreshRuling {
        let standing = record.refreshStanding
        let isRejected = held?.isRejected ?? false
        var (due, why) = (now, "")
        switch standing.refusals {
        case .early(let count, let last) where !isRejected:
            let last = instant(of: last)
            let end = held?.windows.map { $0.expiry + Self.afterEnd } ?? .distantFuture
            due = count < 3 ? min(last + Self.presentAgain[max(count, 1) - 1], end) : end
            why = "a refresh was refused before the token expired"
        case .definite(let count, let last):
            due = instant(of: last) + Self.presentAgain[min(max(count, 1), 3) - 1]
            why = "the refresh token was refused"
        case .unknown(_, _, let last) where standing.isRefused:
            due = instant(of: last) + Self.presentAgain[1]
            why = "the refresh token was refused with unknown words"
        case .none, .early, .unknown:
            break
        }
        if standing.isSent, rotation != .reusable, !isAsked, !isRejected, let held, held.isLive(at: now) {
            let mandatory = held.windows?.mandatory ?? .distantFuture
            if mandatory > due {
                (due, why) = (mandatory, "the answer to a refresh was lost; again when the token expires")
            }
        }
        return due <= now ? .present(token) : .later(due, why: why)
    }

    /// The monotonic instant of a stored date; a date more than 5 minutes ahead comes from a wrong clock and delays nothing.
    private func instant(of date: Date) -> SessionInstant {
        let age = Lifetime.between(date, moment.date)
        return age < .seconds(-5 * 60) ? .distantPast : moment.now - age
    }

    /// How long after a definite refusal the refresh token is presented again: the first time, the second, and from then on.
    private static let presentAgain: [Duration] = [.seconds(5 * 60), .seconds(3600), .seconds(24 * 3600)]

    /// How long after the end of its access token a definite refusal counts: clocks differ by seconds.
    static let afterEnd = Duration.seconds(5)
}
