import Foundation

extension BoxOffice {
    func open(_ showtimeKey: String, at date: Date) throws(GraphQLFailure) -> BookingSession {
        guard let screening = programme.screenings(at: date).first(where: { $0.key == showtimeKey }) else {
            throw GraphQLFailure("showtime not found", code: .showtimeNotFound)
        }
        guard screening.screenAt > date else { throw GraphQLFailure("showtime has expired", code: .expiredShowtime) }
        let key = OpaqueKey.of("MovieOrderSession", RandomText.letters(27))
        let session = BookingSession(key: key, screening: screening, createdAt: date, updatedAt: date)
        state.withLock { state in
            if state.sessions.count % 512 == 511 {
                // Sessions that only looked at seats are forgotten after an hour.
                state.sessions = state.sessions.filter {
                    $0.value.status != .pending || date.timeIntervalSince($0.value.createdAt) < 3600
                }
            }
            state.sessions[key] = session
        }
        return session
    }

    /// Reserves seats for a session, in place of those that it had.
    func reserve(_ seatKeys: [String], _ sessionKey: String, at date: Date) throws(GraphQLFailure) -> BookingSession {
        let session = try session(sessionKey)
        guard session.screening.screenAt > date else {
            throw GraphQLFailure("showtime has expired", code: .expiredShowtime)
        }
        let labels = seatKeys.compactMap { key in Self.labels.first { Self.seatKey($0) == key } }
        guard !labels.isEmpty, labels.count == seatKeys.count, Set(labels).count == labels.count else {
            throw GraphQLFailure("invalid seat to reserve", code: .invalidSeat)
        }
        let end = date.addingTimeInterval(holdLifetime.seconds)
        let result: Result<BookingSession, GraphQLFailure> = state.withLock { state in
            guard var session = state.sessions[sessionKey] else {
                return .failure(.init("order session not found", code: .sessionNotFound))
            }
            guard [.pending, .reserved].contains(session.status) else {
                return .failure(.init("order session is over", code: .sessionExpired))
            }
            // The documents have no other code for a seat that somebody else took.
            guard labels.allSatisfy({ state.isFree($0, session.screening, for: sessionKey, at: date) }) else {
                return .failure(.init("a seat is taken", code: .invalidSeat))
            }
            state.free(session)
            for label in labels { state.holders[session.screening.key, default: [:]][label] = sessionKey }
            (session.status, session.seats, session.expiresAt) = (.reserved, labels, end)
            session.updatedAt = date
            state.sessions[sessionKey] = session
            return .success(session)
        }
        return try result.get()
    }

    /// Frees a session's seats, and cancels its order if nobody has paid.
    ///
    /// What WeTix does with the order is undocumented.
    func release(_ sessionKey: String, at date: Date) throws(GraphQLFailure) -> BookingSession {
        let result: Result<BookingSession, GraphQLFailure> = state.withLock { state in
            guard var session = state.sessions[sessionKey] else {
                return .failure(.init("order session not found", code: .sessionNotFound))
            }
            if let key = session.orderKey, var booking = state.bookings[key] {
                guard [.pending, .cancelled].contains(booking.status) else {
                    return .failure(.init("the order of this session is paid"))
                }
                (booking.status, booking.updatedAt) = (.cancelled, date)
                state.bookings[key] = booking
            }
            state.free(session)
            session.status = session.orderKey == nil ? .pending : .cancelled
            (session.seats, session.expiresAt, session.updatedAt) = ([], nil, date)
            state.sessions[sessionKey] = session
            return .success(session)
        }
        return try result.get()
    }

    static func seatKey(_ label: String) -> String { OpaqueKey.of("Seat", label) }
}

extension BoxOffice.State {
    /// Removes a session's holds.
    mutating func free(_ session: BookingSession) {
        for label in session.seats where holders[session.screening.key]?[label] == session.key {
            holders[session.screening.key]?[label] = nil
        }
    }
}
