internal import Foundation

extension SessionState {
    /// Whether presenting the refresh token is right, or why not.
    private enum RefreshRuling {
        case present(RefreshToken)
        case passOver(String)
    }

    /// Whether a flight could do more than read the store.
    func isRenewable(at now: SessionInstant) -> Bool {
        if canRepeat { return true }
        guard case .present = refreshRuling(at: now) else { return false }
        return true
    }

    /// The next thing to do for a flight that has the store's lock, or is known not to get it.
    package mutating func nextStep(of id: UInt64, at moment: Moment, _ effects: inout Effects) -> FlightStep {
        guard var flight, flight.id == id else { return .end(nil) }
        defer { if self.flight?.id == id { self.flight = flight } }
        if let grant = flight.signIn {
            return takeExchange(&flight, at: moment, &effects) ?? .signIn(grant)
        }
        if flight.reason == .saving {
            if waiters.isEmpty { return finish() }
            // Whoever came while the record was being saved is not served faster than anybody else.
            if pacer.isBlocked(at: moment.now) { return turnAll(at: moment, &effects) }
        }
        if flight.reason.isTime || flight.reason == .saving, let earliest = pacer.earliestByTime, earliest > moment.now
        {
            return .pause(until: earliest)
        }
        // The first is made however long it may take: a policy with long exchanges is no reason for none.
        guard flight.exchanges == 0 || moment.now + policy.exchangeLimits.timeout <= flight.deadline else {
            return fail(&flight, lastFailure ?? Self.timedOut, isTransient: true, at: moment, &effects)
        }
        let rung = rung(for: &flight, at: moment.now)
        guard let rung else {
            let failure = noRung(flight, at: moment.now)
            return fail(&flight, failure, isTransient: failure.isTransient, at: moment, &effects)
        }
        if let refusal = takeExchange(&flight, at: moment, &effects) { return refusal }
        guard case .present(let token) = refreshRuling(at: moment.now), rung == .refresh else { return .authenticate }
        return .refresh(token, intent: intent(&flight))
    }

    /// Takes one exchange from the budget.
    ///
    /// - Returns: the end of the flight if there is none left.
    private mutating func takeExchange(_ flight: inout Flight, at moment: Moment, _ effects: inout Effects)
        -> FlightStep?
    {
        guard let free = pacer.takeExchange(at: moment.now, lifetime: held?.lifetime) else {
            flight.exchanges += 1
            return nil
        }
        return fail(&flight, Self.overBudget, isTransient: true, until: free, at: moment, &effects)
    }

    private func rung(for flight: inout Flight, at now: SessionInstant) -> Rung? {
        if !flight.has(passed: .refresh) {
            switch refreshRuling(at: now) {
            case .present where flight.isLocked: return .refresh
            case .present: flight.pass(.refresh, "the store's lock could not be had")
            case .passOver(let why): flight.pass(.refresh, why)
            }
        }
        return canRepeat && !flight.has(passed: .authenticate) ? .authenticate : nil
    }

    private func refreshRuling(at now: SessionInstant) -> RefreshRuling {
        guard policy.refreshTokens != .ignore, let record, let token = record.refreshToken else {
            return .passOver("no refresh token")
        }
        if let refreshEnd, refreshEnd <= now { return .passOver("the refresh token is over") }
        let isLive = held?.isLive(at: now) ?? false
        switch record.refreshStanding {
        case .ready:
            return .present(token)
        case .refusedEarly:
            let isEarly = held?.isEarly(at: now) ?? false
            return canRepeat || isEarly ? .passOver("refreshing was refused before the token ended") : .present(token)
        case .sent, .sentAgain:
            if rotation == .reusable { return .present(token) }
            if canRepeat || record.refreshStanding == .sentAgain {
                return .passOver("the answer to a refresh was lost")
            }
            let isDue = !isLive || (held?.isMandatory(at: now) ?? true) || held?.rejection != HeldToken.Rejection.none
            return isDue ? .present(token) : .passOver("the answer to a refresh was lost; once more at the token's end")
        case .dead:
            return .passOver("the refresh token was refused")
        }
    }

    /// Marks the refresh token as being presented; a rotating one is marked in the store too, before it leaves.
    private mutating func intent(_ flight: inout Flight) -> TokenRecord? {
        guard let record else { return nil }
        flight.standingBefore = record.refreshStanding
        guard rotation != .reusable else { return nil }
        self.record?.refreshStanding = record.refreshStanding == .sent ? .sentAgain : .sent
        return self.record.map(stored)
    }

    /// Whether the refresh token may be presented once more, now or when the token in hand is over.
    func mayRefreshYet(at now: SessionInstant) -> Bool {
        guard !canRepeat, policy.refreshTokens != .ignore, let record, record.refreshToken != nil else { return false }
        if let refreshEnd, refreshEnd <= now { return false }
        return switch record.refreshStanding {
        case .ready, .refusedEarly, .sent: true
        case .sentAgain: rotation == .reusable
        case .dead: false
        }
    }

    private func noRung(_ flight: Flight, at now: SessionInstant) -> TokenError {
        let why = flight.passedOver.map { "\($0.rung.rawValue): \($0.why)" }.joined(separator: "; ")
        let isEarly = record?.refreshStanding == .refusedEarly && held?.isLive(at: now) ?? false
        if mayRefreshYet(at: now), !isEarly {
            return lastFailure ?? TokenError(.unavailable, "No new token can be had now (\(why)).", isTransient: true)
        }
        return TokenError(
            .signInRequired,
            canRepeat ? "No way to a token is left (\(why))." : "A person has to sign in (\(why)).",
            hint: "Call signIn(with:) with an authorization code.",
            refusal: lastFailure?.refusal
        )
    }

    static let overBudget = TokenError(
        .overBudget,
        "The session has made too many exchanges in a short time.",
        hint: "Look for a caller that renews or invalidates in a loop.",
        isTransient: true
    )
}
