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
        // Read too late, for a flight that goes on without the store already: adopting now would start another beside it.
        guard let flight, flight.id == id, flight.isLocked else { return true }
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
        if isLocked, isDirty, let record, record.generation >= seen { return .save(self.stored(record)) }
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
        var mayGoOn = canRepeat || flight.signIn != nil
        if case .refreshToken = flight.signIn { mayGoOn = false }
        if mayGoOn { return entered(nil, isLocked: false, of: id, at: moment, &effects) }
        return fail(&flight, failure, isTransient: true, at: moment, &effects)
    }

    /// Takes over what another session, process or run has stored, if it is newer.
    mutating func take(_ stored: TokenRecord?, at moment: Moment, _ effects: inout Effects) -> Bool {
        guard let stored else { return false }
        let isNews = stored.generation > seen
        seen = max(seen, stored.generation)
        if stored.isTombstone { return heed(stored, isNews: isNews, at: moment, &effects) }
        if let record, stored.generation <= record.generation {
            if !isDirty, stored.isSameGeneration(as: record) {
                self.record?.refreshStanding = stored.refreshStanding
            }
            return false
        }
        // Whoever signs in wants to be somebody else, perhaps; what is here stays until the provider has answered.
        if flight?.signIn != nil { return false }
        guard var found = hold(stored, from: moment.now - age(of: stored, at: moment.date)) else { return false }
        found.isStored = true
        if found.token.value == rejected { found.rejection = .rejected }
        let isLive = held?.isLive(at: moment.now) ?? false
        if !found.works(at: moment.now), isLive, isDirty {
            // Newer by its number alone: what is in hand takes its place.
            let next = nextGeneration()
            record?.generation = next
            record?.id = random.hexadecimal()
            return false
        }
        record = stored
        isDirty = false
        // Whoever stored that the refresh token is dead has announced it: once is enough, restarts included.
        isSignInAnnounced = !canRepeat && stored.refreshStanding == .dead
        refreshEnd = stored.refreshTokenEndsAt.map { moment.now + Lifetime.between(moment.date, $0) }
        guard found.works(at: moment.now) else {
            // Newer, and of no use: what lives in hand is better.
            if !isLive { held = found }
            return false
        }
        proof.isPending = held.map { $0.rejection != .none } ?? false
        held = found
        adopt(found, at: moment, &effects)
        return true
    }

    private mutating func adopt(_ held: HeldToken, at moment: Moment, _ effects: inout Effects) {
        lastFailure = nil
        pacer.clear()
        effects.events.append(SessionEvent(.tokenAdopted, .info, "A newer token was in the store.", at: moment.date))
        answerAll(.success(held.token), &effects)
        flight = nil
    }

    /// How much of a stored token's life is over; a wall clock that went back takes nothing away.
    private func age(of record: TokenRecord, at date: Date) -> Duration {
        max(Lifetime.between(record.requestedAt, date), .zero)
    }
}
