import Foundation

extension Shop {
    public func showtimes() async throws -> [Showtime] { try await catalogue.showtimes() }

    public func seatPlan(of showtime: Showtime.ID) async throws -> SeatPlan {
        guard let known = try await catalogue.showtime(showtime) else {
            throw ShopError(.notFound, "This showtime is not available.")
        }
        do throws(ProviderFailure) {
            let booking = try await cinema.begin(showtime)
            return SeatPlan(
                sessionKey: booking.key,
                ticketKey: booking.ticket?.key ?? "",
                showtime: await catalogue.showtime(known, costs: booking.ticket?.price),
                seats: booking.seats
            )
        } catch {
            throw ShopError(booking: error)
        }
    }

    public func order(
        seats: [SeatPlan.Seat.ID],
        in sessionKey: String,
        of showtime: Showtime.ID,
        email: String,
        browser: String
    ) async throws -> Order {
        guard (1...8).contains(seats.count), Set(seats).count == seats.count,
            (seats + [sessionKey]).allSatisfy({ !$0.isEmpty && $0.utf8.count <= 2048 })
        else { throw ShopError(.invalid, "Please choose one to eight seats.") }
        guard Self.isAddress(email) else { throw ShopError(.invalid, "Please enter a valid email address.") }
        guard let known = try await catalogue.showtime(showtime) else {
            throw ShopError(.notFound, "This showtime is not available.")
        }
        return try await owned {
            try await self.makeOrder(seats, in: sessionKey, of: known, email: email, browser: browser)
        }
    }

    /// Whether mail may reach an address: whoever types it is the one who wants the ticket.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x20 && $0.value != 0x7F }
    }

    /// Reserves the seats and makes WeTix's order of them; if that fails, the seats are free again.
    private func makeOrder(
        _ seats: [SeatPlan.Seat.ID],
        in sessionKey: String,
        of showtime: Showtime,
        email: String,
        browser: String
    ) async throws -> Order {
        let id = RandomName.text(20)
        let now = clock.date
        // Once for all processes: what goes wrong below must not free the seats of another order.
        let isNew = try? await store.note(event: "wetix-session:\(sessionKey)", at: now)
        guard isNew ?? false else {
            if isNew == nil { throw ShopError(.unavailable, "Please try again in a moment.") }
            throw ShopError(.seatsGone, "These seats were ordered before. Please look at your orders, or choose again.")
        }
        var mayBeStored = false
        do throws(ProviderFailure) {
            let hold = try await cinema.reserve(seats, in: sessionKey)
            guard hold.showtime == nil || hold.showtime == showtime.id, let ticket = hold.ticket else {
                throw .refused("another showtime")
            }
            let draft = try await cinema.makeOrder(
                WeTixCinema.OrderInput(
                    sessionKey: sessionKey,
                    referenceId: id,
                    customer: .init(email: email),
                    tickets: [.init(key: ticket.key, quantity: seats.count)],
                    notifyUrl: settings.publicURL.appending(path: "webhooks/wetix").absoluteString
                )
            )
            guard draft.currency ?? Amount.currency == Amount.currency, draft.amount.sen >= 10 else {
                throw .unreadable
            }
            let held = min(hold.seconds ?? settings.unstatedHold.seconds, draft.seconds ?? .infinity)
            let order = Order(
                id: id,
                browser: browser,
                showtime: showtime,
                seats: hold.seats.isEmpty ? seats : hold.seats,
                amount: draft.amount,
                email: email,
                createdAt: now,
                sessionKey: sessionKey,
                bookingKey: draft.key,
                heldUntil: now.addingTimeInterval(held)
            )
            mayBeStored = true
            try await save(order, draft.key)
            return order
        } catch {
            // Seats that nobody has an order for are free again at once, and else when their time ends.
            let isTaken = error == .refused("INVALID_SEAT_TO_RESERVE")
            if !isTaken, !mayBeStored { await release(sessionKey) }
            throw ShopError(booking: error)
        }
    }

    /// Frees seats, without a wait if ``run()`` does it.
    private func release(_ sessionKey: String) async {
        let isTaken = queue.submit(.job { [cinema] in try? await cinema.release(sessionKey) })
        if !isTaken { try? await cinema.release(sessionKey) }
    }

    private func save(_ order: Order, _ bookingKey: String) async throws(ProviderFailure) {
        do {
            try await store.keep(Data(order.id.utf8), as: Self.booking(bookingKey), until: Self.bookingEnd(of: order))
            try await store.insert(order)
        } catch {
            alert("An order could not be stored.")
            throw .unavailable()
        }
    }

    /// The name under which the store keeps which order a booking belongs to: WeTix's webhooks don't say.
    static func booking(_ key: String) -> String { "wetix-booking:\(key)" }

    /// When nobody asks for an order's booking any more.
    static func bookingEnd(of order: Order) -> Date { order.createdAt.addingTimeInterval(7 * 86_400) }
}

extension ShopError {
    /// The error of a call about seats.
    fileprivate init(booking failure: ProviderFailure) {
        switch failure {
        case .refused("INVALID_SEAT_TO_RESERVE"):
            self.init(.seatsGone, "One of these seats is taken. Please choose others.")
        case .refused("EXPIRED_SHOWTIME"), .refused("SHOWTIME_NOT_FOUND"):
            self.init(.notFound, "This showtime is not available any more.")
        case .refused("ORDER_SESSION_EXPIRED"), .refused("ORDER_SESSION_NOT_FOUND"), .refused("another showtime"):
            self.init(.seatsGone, "The time to choose seats is over. Please choose seats again.")
        default: self.init(failure, provider: "The cinema")
        }
    }
}
