internal import Foundation

extension SessionState {
    /// A record was saved, or was not: what came with it may be used in either case.
    package mutating func saved(
        _ failure: TokenError?,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        if let failure { effects.events.append(Self.storeFailed(failure, at: moment)) }
        guard let flight, flight.id == id else { return .end(nil) }
        isDirty = failure != nil
        if !isDirty { (isSignInUnsaved, saveFailures) = (false, 0) }
        savingAgainAt = failure.map { _ in saveAgain(at: moment, &effects) }
        guard let arrival = flight.arrival else { return nextStep(of: id, at: moment, &effects) }
        land(arrival, flight, at: moment, &effects)
        return .end(nil)
    }

    /// The store failed at the end of a flight that is over already.
    package mutating func endedUnsaved(_ failure: TokenError, at moment: Moment, _ effects: inout Effects) {
        effects.events.append(Self.storeFailed(failure, at: moment))
        guard record != nil, !isSignedOut else { return }
        isDirty = true
        savingAgainAt = saveAgain(at: moment, &effects)
    }

    /// The flight can't even begin.
    package mutating func grounded(
        _ error: TokenError,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) {
        guard var flight, flight.id == id else { return }
        _ = fail(&flight, error, isTransient: error.isTransient, at: moment, &effects)
    }

    mutating func saveAgain(at moment: Moment, _ effects: inout Effects) -> SessionInstant {
        let again = moment.now + policy.backoff.lowerBound + pacer.pause(after: 2 + saveFailures, random: &random)
        saveFailures = min(saveFailures + 1, 30)
        effects.wake(at: again)
        return again
    }

    private mutating func land(_ arrival: Arrival, _ flight: Flight, at moment: Moment, _ effects: inout Effects) {
        proof.isPending = held.map { $0.rejection != .none } ?? false
        record = arrival.record
        held = arrival.held
        refreshEnd = arrival.refreshEnd
        lastFailure = nil
        isSignedOut = false
        isSignInAnnounced = false
        isSignInUnsaved = isDirty && (isSignInUnsaved || arrival.rung == .signIn)
        pacer.succeeded(sentAt: arrival.sentAt)
        effects.events += succeeded(arrival, flight, at: moment)
        answerAll(.success(arrival.held.token), &effects)
        self.flight = nil
    }

    /// The end of a flight that had nothing to fetch.
    mutating func finish() -> FlightStep {
        flight = nil
        return .end(nil)
    }

    /// The end of a flight that must not fetch anything now.
    mutating func turnAll(at moment: Moment, _ effects: inout Effects) -> FlightStep {
        if held?.rejection == .rejected { held?.rejection = .suspect }
        let failure = lastFailure ?? Self.timedOut
        for (id, waiter) in waiters {
            effects.answers.append((waiter: id, result: answerWithoutNews(waiter, failure, at: moment)))
        }
        waiters.removeAll()
        return finish()
    }

    /// The end of a flight that brought nothing: whoever waits is answered, and the session backs off.
    mutating func fail(
        _ flight: inout Flight,
        _ error: TokenError,
        isTransient: Bool,
        until wanted: SessionInstant? = nil,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        let isLive = held?.isLive(at: moment.now) ?? false
        if flight.reason != .signIn {
            if isTransient || isLive {
                pacer.backOff(at: moment.now, until: wanted, random: &random)
            } else {
                pacer.remember(at: moment.now)
            }
        }
        let failure = error.retrying(at: flight.reason == .signIn ? nil : pacer.blockedUntil.map(moment.date(of:)))
        lastFailure = failure
        if held?.rejection == .rejected { held?.rejection = .suspect }
        effects.events += failed(flight, failure, isLive: isLive, at: moment)
        if failure.code == .signInRequired, !isSignInAnnounced {
            isSignInAnnounced = true
            effects.events.append(
                SessionEvent(.signInRequired, isLive ? .warning : .error, failure.message, at: moment.date)
            )
        }
        // That somebody's code was no good is no answer to those who want a token: theirs is another way.
        let isOthers = flight.reason == .signIn && !isLive && !isSignedOut && !pacer.isBlocked(at: moment.now)
        for (id, waiter) in waiters.sorted(by: { $0.key < $1.key }) where !(isOthers && waiter.takesHeld) {
            waiters[id] = nil
            effects.answers.append((waiter: id, result: answerWithoutNews(waiter, failure, at: moment)))
        }
        self.flight = nil
        if !waiters.isEmpty { depart(held == nil ? .noToken : .expired, at: moment, &effects) }
        if let savingAgainAt { effects.wake(at: savingAgainAt) }
        return .end(flight.standingBefore != nil && flight.isLocked ? record.map(stored) : nil)
    }

    /// Answers everybody in the order of arrival, which is fair, and what a task group is quick with.
    mutating func answerAll(_ result: Result<AccessToken, TokenError>, _ effects: inout Effects) {
        effects.answers += waiters.keys.sorted().map { (waiter: $0, result: result) }
        waiters.removeAll()
    }
}
