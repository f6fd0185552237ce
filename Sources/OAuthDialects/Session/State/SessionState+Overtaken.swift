extension SessionState {
    /// The store refused a save because another process had taken over: its record counts if it is newer and works.
    ///
    /// Before an exchange nothing was spent, and the refresh token stays here. After one, what it brought counts only if its
    /// generation is still the newest.
    package mutating func overtaken(
        by stored: TokenRecord?,
        _ failure: TokenError,
        of id: UInt64,
        at moment: Moment,
        _ effects: inout Effects
    ) -> FlightStep {
        guard var flight, flight.id == id else { return .end(nil) }
        if flight.arrival == nil, let before = flight.standingBefore {
            record?.refreshStanding = before
            flight.standingBefore = nil
        }
        self.flight = flight
        if take(stored, at: moment, &effects) {
            effects.events.append(Self.storeFailed(failure, at: moment))
            return .end(nil)
        }
        return flight.arrival == nil
            ? locked(out: failure, of: id, at: moment, &effects) : saved(failure, of: id, at: moment, &effects)
    }
}
