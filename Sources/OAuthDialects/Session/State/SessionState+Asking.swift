internal import Foundation

extension SessionState {
    /// What a caller gets at once.
    package enum Answer: Sendable {
        case token(AccessToken)
        case failure(TokenError)

        /// It waits for the flight.
        case wait
    }

    /// A caller wants a token, and waits for so long at most if none works.
    package mutating func ask(
        _ waiter: UInt64,
        patience: Duration,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Answer {
        if isSignedOut { return .failure(Self.signedOut) }
        if let held, held.works(at: moment.now) {
            if held.isFresh(at: moment.now) { return .token(held.token) }
            return serve(held, waiter, patience: patience, at: moment, &effects)
        }
        if flight == nil {
            if pacer.isBlocked(at: moment.now) { return turnAway(at: moment) }
            depart(held == nil ? .noToken : held?.rejection == .rejected ? .rejected : .expired, at: moment, &effects)
        }
        return enlist(waiter, for: patience, at: moment, takesHeld: true, &effects)
    }

    /// A caller wants a token that is newer than what there is now.
    package mutating func askForRenewal(
        _ waiter: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Answer {
        if isSignedOut { return .failure(Self.signedOut) }
        if flight == nil {
            if pacer.isBlocked(at: moment.now), let lastFailure { return .failure(lastFailure) }
            depart(.asked, at: moment, &effects)
        }
        return enlist(waiter, for: policy.renewalTimeout, at: moment, takesHeld: false, &effects)
    }

    /// A caller went away.
    package mutating func leave(_ waiter: UInt64) {
        waiters[waiter] = nil
    }

    /// Time passed: whoever's patience has ended is answered.
    package mutating func tick(at moment: Moment, _ effects: inout Effects) {
        for (id, waiter) in waiters.sorted(by: { $0.key < $1.key }) where waiter.deadline <= moment.now {
            waiters[id] = nil
            effects.answers.append((waiter: id, result: answerWithoutNews(waiter, Self.timedOut, at: moment)))
        }
        if flight == nil, let again = savingAgainAt, again <= moment.now { depart(.saving, at: moment, &effects) }
        if let next = nextAlarm { effects.wake(at: next) }
    }

    /// Renews what is due although nobody asks.
    package mutating func keepUp(at moment: Moment, _ effects: inout Effects) {
        guard let due = nextUpkeep(at: moment.now), due <= moment.now else { return }
        guard let held else { return depart(.noToken, at: moment, &effects) }
        if !held.isLive(at: moment.now) { return depart(.expired, at: moment, &effects) }
        if held.rejection != .none { return depart(.rejected, at: moment, &effects) }
        if isRenewable(at: moment.now) {
            depart(.advisory, at: moment, &effects)
        } else {
            self.held?.renewal = held.windows?.end
        }
    }

    /// The token works, and is due: it is served, and what can be done about it is begun.
    private mutating func serve(
        _ held: HeldToken,
        _ waiter: UInt64,
        patience: Duration,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Answer {
        if flight == nil {
            guard !pacer.isBlocked(at: moment.now), isRenewable(at: moment.now) else { return .token(held.token) }
            let isMandatory = held.isMandatory(at: moment.now)
            depart(held.rejection == .none ? isMandatory ? .mandatory : .advisory : .rejected, at: moment, &effects)
        }
        guard held.isMandatory(at: moment.now), flight?.reason != .saving else { return .token(held.token) }
        let patience = min(patience, policy.mandatoryTimeout)
        return enlist(waiter, for: patience, at: moment, takesHeld: true, &effects)
    }

    /// No token is to be had before the backoff has ended; a rejected one that lives is better than nothing.
    private mutating func turnAway(at moment: Moment) -> Answer {
        if let held, held.isLive(at: moment.now) {
            self.held?.rejection = .suspect
            return .token(held.token)
        }
        return .failure(lastFailure ?? Self.timedOut)
    }

    @discardableResult
    mutating func enlist(
        _ id: UInt64,
        for patience: Duration,
        at moment: Moment,
        takesHeld: Bool,
        _ effects: inout Effects
    ) -> Answer {
        let deadline = moment.now + patience
        waiters[id] = Waiter(since: moment.now, deadline: deadline, takesHeld: takesHeld)
        effects.wake(at: deadline)
        return .wait
    }

    mutating func depart(
        _ reason: Flight.Reason,
        signIn: Grant? = nil,
        at moment: Moment,
        _ effects: inout Effects
    ) {
        flights += 1
        let flight = Flight(
            id: flights,
            reason: reason,
            startedAt: moment.now,
            deadline: moment.now + policy.renewalTimeout,
            signIn: signIn,
            since: generation
        )
        self.flight = flight
        effects.departure = flight
        effects.events.append(
            SessionEvent(
                .renewalStarted,
                .info,
                "Renewal started: \(reason.rawValue).",
                ["reason": reason.rawValue],
                at: moment.date
            )
        )
    }

    /// What a waiter gets if there is no new token: the one in hand as long as it lives, else the error.
    func answerWithoutNews(_ waiter: Waiter, _ error: TokenError, at moment: Moment) -> Result<AccessToken, TokenError>
    {
        if waiter.takesHeld, let held, held.isLive(at: moment.now) { return .success(held.token) }
        return .failure(waiter.takesHeld && isSignedOut ? Self.signedOut : error)
    }

    static let signedOut = TokenError(
        .signedOut,
        "The session was signed out.",
        hint: "Call signIn(with:) to begin anew."
    )

    static let timedOut = TokenError(
        .timedOut,
        "No token came within the caller's patience.",
        hint: "The exchange goes on; ask again.",
        isTransient: true
    )
}
