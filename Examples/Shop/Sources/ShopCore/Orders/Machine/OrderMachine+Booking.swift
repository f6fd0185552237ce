import Foundation

extension OrderMachine {
    /// The codes with which WeTix refuses for good; a lookup follows before the money goes back.
    private static let definite: Set<String> = [
        "UNABLE_TO_CONFIRM_BOOKING", "ORDER_NOT_FOUND", "PAYMENT_NOT_FOUND", "ORDER_SESSION_NOT_FOUND",
        "ORDER_SESSION_EXPIRED", "EXPIRED_SHOWTIME", "SHOWTIME_NOT_FOUND", "CINEMA_NOT_FOUND",
    ]

    /// What a repeated confirmation does is undocumented, so it is sent only if none was, or if the cinema says so.
    func bookingStep(_ order: inout Order) -> OrderStep {
        guard order.mayConfirm else { return .lookUpBooking }
        order.mayConfirm = false
        return .confirmBooking
    }

    func takeConfirmation(_ fact: OrderFact, in order: inout Order, at now: Date) -> [String] {
        guard order.state == .paid else { return [] }
        switch fact {
        case .booking(.unconfirmed): backOff(&order, at: now, atMost: 30)
        case .booking: return takeBooking(fact, in: &order, at: now)
        case .failed(.refused(let code)) where Self.definite.contains(code):
            order.bookingRefusal = code
            goOn(&order, at: now)
        case .failed(.unavailable(let until)):
            order.mayConfirm = true
            backOff(&order, at: now, until: until, atMost: 30)
        default: backOff(&order, at: now, atMost: 30)
        }
        return overdue(&order, at: now)
    }

    func takeBooking(_ fact: OrderFact, in order: inout Order, at now: Date) -> [String] {
        guard order.state == .paid else { return [] }
        switch fact {
        case .booking(.ticket(let ticket)):
            order.state = .booked
            order.ticket = ticket
            order.notice = nil
            goOn(&order, at: now)
            return []
        case .booking(.failed(let word)): return giveUp(&order, at: now, because: word)
        case .booking(.unconfirmed):
            if let code = order.bookingRefusal { return giveUp(&order, at: now, because: code) }
            if isLate(order, at: now) { return giveUp(&order, at: now, because: "not confirmed in time") }
            order.mayConfirm = true
            if order.failures <= 1 { order.dueAt = now } else { backOff(&order, at: now, atMost: 30) }
        case .booking(.confirmed):
            order.failures = 0
            let age = now.timeIntervalSince(order.paidAt ?? now)
            order.dueAt = now.addingTimeInterval(age < 30 ? 2 : age < 300 ? 10 : 60)
        case .failed(.refused("ORDER_NOT_FOUND")): return giveUp(&order, at: now, because: "ORDER_NOT_FOUND")
        case .failed(.unavailable(let until)): backOff(&order, at: now, until: until, atMost: 30)
        default: backOff(&order, at: now, atMost: 30)
        }
        return overdue(&order, at: now)
    }

    /// The payment that the order keeps goes back.
    private func giveUp(_ order: inout Order, at now: Date, because reason: String) -> [String] {
        order.state = .refunding
        order.notice = OrderNotice.unbookable
        goOn(&order, at: now)
        guard let index = order.attempts.firstIndex(where: { $0.state == .paid && $0.refund == nil }) else {
            return ["Order \(order.id) can't be booked (\(reason)), and no payment of it is known."]
        }
        order.attempts[index].refund = .due
        return ["Order \(order.id) is paid and can't be booked (\(reason)); it is refunded."]
    }

    private func isLate(_ order: Order, at now: Date) -> Bool {
        now.timeIntervalSince(order.paidAt ?? now) > rules.bookingPatience
    }

    private func overdue(_ order: inout Order, at now: Date) -> [String] {
        guard isLate(order, at: now), !order.isOverdue else { return [] }
        order.isOverdue = true
        return ["Order \(order.id) is paid, and the cinema has not issued its ticket yet."]
    }

    // MARK: Seats

    func releaseStep(_ order: inout Order) -> OrderStep? {
        if order.holdsSeats, order.failures < 4 { return .releaseSeats }
        rest(&order)
        return nil
    }

    func takeRelease(_ fact: OrderFact, in order: inout Order, at now: Date) {
        switch fact {
        case .seatsReleased, .failed(.refused):
            order.holdsSeats = false
            rest(&order)
        default: backOff(&order, at: now)
        }
    }

    // MARK: Points

    func pointsStep(_ order: inout Order) -> OrderStep? {
        guard order.points == nil, order.amount.sen >= 100, order.pointsRequests <= rules.points.count else {
            rest(&order)
            return nil
        }
        order.pointsRequests += 1
        return .creditPoints
    }

    /// Points never change anything but themselves: the ticket is the buyer's whatever the rewards program does.
    func takePoints(_ fact: OrderFact, in order: inout Order, at now: Date) -> [String] {
        if case .credited(let points) = fact { order.points = points }
        guard order.points == nil, order.pointsRequests <= rules.points.count else {
            rest(&order)
            return order.points == nil ? ["The points of order \(order.id) could not be credited."] : []
        }
        order.dueAt = now.addingTimeInterval(rules.points[max(order.pointsRequests, 1) - 1])
        return []
    }
}
