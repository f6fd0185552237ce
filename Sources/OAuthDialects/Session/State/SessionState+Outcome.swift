internal import Foundation

extension SessionState {
    /// An exchange of a flight has ended.
    package mutating func exchanged(
        _ outcome: ExchangeOutcome,
        on rung: Rung,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        guard var flight, flight.id == id else { return .end(nil) }
        var step = FlightStep.end(nil)
        switch outcome {
        case .tokens(let set, let sent, let scopes):
            guard let arrival = arrival(of: set, scopes: scopes, sent: sent, on: rung, at: moment) else {
                step = fail(&flight, Self.unusable, isTransient: true, at: moment, &effects)
                break
            }
            flight.arrival = arrival
            step = .save(stored(arrival.record))
        case .refused(let error, let remedy, let until):
            restoreStanding(after: rung, flight)
            step = refused(error, remedy, until: until, on: rung, &flight, at: moment, &effects)
        case .failed(let error, let mayHaveArrived, let isWorthRepeating):
            if !mayHaveArrived { restoreStanding(after: rung, flight) }
            step = failed(error, isWorthRepeating, mayHaveArrived, on: rung, &flight, at: moment, &effects)
        case .invalid(let error):
            restoreStanding(after: rung, flight)
            flight.pass(rung, error.message)
            step = passed(rung, error, &flight, at: moment, &effects)
        }
        if self.flight?.id == id { self.flight = flight }
        if case .pause(let now) = step, now <= moment.now { return nextStep(of: id, at: moment, &effects) }
        return step
    }

    /// The source of credentials was asked again after the client was refused.
    package mutating func reloaded(
        _ areOthers: Bool,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        guard var flight, flight.id == id else { return .end(nil) }
        guard areOthers else {
            let step = fail(&flight, lastFailure ?? Self.timedOut, isTransient: false, at: moment, &effects)
            if self.flight?.id == id { self.flight = flight }
            return step
        }
        flight.passedOver.removeAll()
        self.flight = flight
        return nextStep(of: id, at: moment, &effects)
    }

    private mutating func refused(
        _ error: TokenError,
        _ remedy: Remedy,
        until: SessionInstant?,
        on rung: Rung,
        _ flight: inout Flight,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        switch remedy {
        case .retryLater:
            return again(error, until: until, on: rung, &flight, at: moment, &effects)
        case .discardGrant:
            if rung == .refresh {
                let isEarly = held?.isEarly(at: moment.now) ?? false
                record?.refreshStanding = isEarly && flight.standingBefore == .ready ? .refusedEarly : .dead
            }
            flight.pass(rung, error.refusal.map { "refused with \($0)" } ?? "refused")
            return passed(rung, error, &flight, at: moment, &effects)
        case .fixConfiguration:
            lastFailure = error
            flight.pass(rung, error.refusal.map { "refused with \($0)" } ?? "refused")
            guard rung != .signIn, !flight.askedAgain else { return passed(rung, error, &flight, at: moment, &effects) }
            if rung == .refresh, canRepeat { return .pause(until: moment.now) }
            flight.askedAgain = true
            return .reloadCredentials
        }
    }

    private mutating func failed(
        _ error: TokenError,
        _ isWorthRepeating: Bool,
        _ mayHaveArrived: Bool,
        on rung: Rung,
        _ flight: inout Flight,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        lastFailure = error
        if rung == .refresh, mayHaveArrived, rotation != .reusable, canRepeat {
            flight.failures += 1
            flight.pass(.refresh, "its answer was lost")
            return flight.failures < policy.attempts
                ? .pause(until: moment.now) : passed(rung, error, &flight, at: moment, &effects)
        }
        let isSpent = mayHaveArrived && (rung == .signIn || rung == .refresh && rotation != .reusable)
        if isSpent || !isWorthRepeating {
            return fail(&flight, error, isTransient: true, at: moment, &effects)
        }
        return again(error, until: nil, on: rung, &flight, at: moment, &effects)
    }

    /// Something that may pass: another attempt in this flight if there is time, else backoff.
    private mutating func again(
        _ error: TokenError,
        until wanted: SessionInstant?,
        on rung: Rung,
        _ flight: inout Flight,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        lastFailure = error
        flight.failures += 1
        // A wish to be asked again at once is none; and it is no reason to do without a pause.
        let wanted = wanted.flatMap { $0 > moment.now ? $0 : nil }
        let next = wanted ?? moment.now + pacer.pause(after: flight.failures - 1, random: &random)
        guard flight.failures < policy.attempts, next + policy.exchangeLimits.timeout <= flight.deadline,
            rung != .signIn
        else {
            return fail(&flight, error, isTransient: true, until: wanted, at: moment, &effects)
        }
        return .pause(until: next)
    }

    /// A rung is done with: on to the next, or the end.
    private mutating func passed(
        _ rung: Rung,
        _ error: TokenError,
        _ flight: inout Flight,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        lastFailure = error
        guard rung != .refresh else { return .pause(until: moment.now) }
        return fail(&flight, error, isTransient: error.isTransient, at: moment, &effects)
    }

    private static let unusable = TokenError(.unreadableAnswer, "The token can't be used.")

    /// The exchange is known not to have spent the refresh token.
    private mutating func restoreStanding(after rung: Rung, _ flight: Flight) {
        if rung == .refresh, let before = flight.standingBefore { record?.refreshStanding = before }
    }
}
