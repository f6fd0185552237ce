import Foundation

/// The input of `createMovieOrder`, checked.
struct BookingRequest: Sendable {
    let sessionKey: String
    let referenceID: String
    let ticketKey: String
    let quantity: Int
    let notifyURL: URL?

    init(_ input: JSON) throws(GraphQLFailure) {
        func text(_ name: String, in value: JSON?) throws(GraphQLFailure) -> String {
            guard let text = value?[name]?.text, !text.isEmpty else {
                throw GraphQLFailure("The input has no \(name).")
            }
            return text
        }
        sessionKey = try text("sessionKey", in: input)
        referenceID = try text("referenceId", in: input)
        for name in ["email", "countryCode", "phoneNo"] where input["customer"]?[name]?.text == nil {
            throw GraphQLFailure("The input has no customer.\(name).")
        }
        for name in ["concessions", "bundles", "promoCode"] where input[name] == nil {
            throw GraphQLFailure("The input has no \(name), which may be empty.")
        }
        guard let tickets = input["tickets"]?.elements, let first = tickets.first else {
            throw GraphQLFailure("The input has no tickets.")
        }
        let kind = try text("key", in: first)
        guard tickets.allSatisfy({ $0["key"]?.text == kind }) else {
            throw GraphQLFailure("The sandbox sells one kind of ticket.")
        }
        ticketKey = kind
        quantity = tickets.reduce(0) { $0 + ($1["quantity"]?.int ?? 0) }
        notifyURL = input["notifyUrl"]?.text.flatMap { URL(string: $0) }
    }
}

extension BoxOffice {
    func book(_ request: BookingRequest, at date: Date) throws(GraphQLFailure) -> Booking {
        let session = try session(request.sessionKey)
        guard request.ticketKey == session.screening.hall.ticketKey, request.quantity == session.seats.count else {
            throw GraphQLFailure("The tickets don't match the reserved seats.")
        }
        let result: Result<Booking, GraphQLFailure> = state.withLock { state in
            // What WeTix answers to a second order of one session is undocumented.
            guard var session = state.sessions[request.sessionKey], session.status == .reserved,
                let end = session.expiresAt, end > date
            else { return .failure(.init("order session has expired", code: .sessionExpired)) }
            let booking = Booking(
                key: OpaqueKey.of("MovieOrder", RandomText.letters(24)),
                sessionKey: session.key,
                referenceID: request.referenceID,
                screening: session.screening,
                seats: session.seats,
                bookingID: RandomText.digits(14),
                transactionID: RandomText.digits(21),
                notifyURL: request.notifyURL,
                expiresAt: end,
                createdAt: date,
                updatedAt: date
            )
            (session.status, session.orderKey, session.updatedAt) = (.closed, booking.key, date)
            state.sessions[session.key] = session
            state.bookings[booking.key] = booking
            return .success(booking)
        }
        return try result.get()
    }

    /// Takes the integrator's word that an order is paid; the cinema issues the tickets afterwards.
    ///
    /// A sample shows a confirmation 125 seconds after the order's end that succeeded, so only seats that somebody else has taken
    /// meanwhile refuse it. What a repeated confirmation does is undocumented; here it does nothing.
    ///
    /// - Returns: the order, and whether this call confirmed it.
    func confirm(_ key: String, at date: Date) throws(GraphQLFailure) -> (booking: Booking, isNew: Bool) {
        let result: Result<(Booking, Bool), GraphQLFailure> = state.withLock { state in
            guard var booking = state.settle(key, at: date) else {
                return .failure(.init("order not found", code: .orderNotFound))
            }
            if [.paid, .completed, .failed].contains(booking.status) { return .success((booking, false)) }
            let screening = booking.screening
            let areFree = booking.seats.allSatisfy {
                state.isFree($0, screening, for: booking.sessionKey, at: date)
            }
            guard booking.status == .pending, areFree else {
                return .failure(.init("unable to confirm booking", code: .unableToConfirm))
            }
            for label in booking.seats { state.holders[screening.key, default: [:]][label] = booking.sessionKey }
            (booking.status, booking.paidAt, booking.updatedAt) = (.paid, date, date)
            booking.settlesAt = date.addingTimeInterval(bookingDelay.seconds)
            state.bookings[key] = booking
            return .success((booking, true))
        }
        return try result.get()
    }
}
