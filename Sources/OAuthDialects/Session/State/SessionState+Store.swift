internal import Foundation

extension SessionState {
    /// The store was read without its lock.
    ///
    /// - Returns: whether that was all the flight needed.
    package mutating func peeked(
        _ stored: TokenRecord?,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> Bool {
        guard flight?.id == id else { return true }
        return take(stored, at: moment, &effects)
    }

    /// The flight has the store's lock, or is known not to get it.
    package mutating func entered(
        _ stored: TokenRecord?,
        isLocked: Bool,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        guard flight?.id == id else { return .end(nil) }
        flight?.isLocked = isLocked
        if isLocked, take(stored, at: moment, &effects) { return .end(nil) }
        if isLocked, isDirty, let record { return .save(self.stored(record)) }
        return nextStep(of: id, at: moment, &effects)
    }

    /// The store can't be used: a client authenticates without it, a refresh token never leaves unlocked.
    package mutating func locked(
        out failure: TokenError,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        guard var flight, flight.id == id else { return .end(nil) }
        effects.events.append(
            SessionEvent(.storeBusy, .warning, "The store's lock could not be had. \(failure)", at: moment.date)
        )
        if isDirty { savingAgainAt = saveAgain(at: moment, &effects) }
        if canRepeat || flight.signIn != nil { return entered(nil, isLocked: false, of: id, at: moment, &effects) }
        return fail(&flight, failure, isTransient: true, at: moment, &effects)
    }

    /// Takes over what another session, process or run has stored, if it is newer.
    private mutating func take(_ stored: TokenRecord?, at moment: Moment, _ effects: inout Effects) -> Bool {
        guard let stored else { return false }
        if let record, stored.generation.number <= record.generation.number {
            if stored.generation == record.generation, stored.refreshToken != nil {
                self.record?.refreshStanding = stored.refreshStanding
            }
            return false
        }
        record = stored
        isDirty = false
        refreshEnd = stored.refreshTokenEndsAt.map { moment.now + .seconds($0.timeIntervalSince(moment.date)) }
        if stored.isTombstone { return flight?.signIn == nil ? signedOutElsewhere(at: moment, &effects) : false }
        held = hold(stored, from: moment.now - age(of: stored, at: moment.date))
        guard let held, flight?.signIn == nil, held.isLive(at: moment.now) else { return false }
        if held.token.value == rejected {
            self.held?.rejection = .rejected
            return false
        }
        adopt(held, at: moment, &effects)
        return true
    }

    private mutating func adopt(_ held: HeldToken, at moment: Moment, _ effects: inout Effects) {
        lastFailure = nil
        isSignInAnnounced = false
        pacer.clear()
        effects.events.append(SessionEvent(.tokenAdopted, .info, "A newer token was in the store.", at: moment.date))
        answerAll(.success(held.token), &effects)
        flight = nil
    }

    /// How much of a stored token's life is over; a wall clock that went back takes nothing away.
    private func age(of record: TokenRecord, at date: Date) -> Duration {
        .seconds(min(max(date.timeIntervalSince(record.requestedAt), 0), Lifetime.longest / .seconds(1)))
    }
}
