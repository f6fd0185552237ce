import Foundation
import ShopCore

/// An order as its buyer sees it.
struct OrderView {
    /// A point in time that the page counts down to.
    struct Deadline {
        let label: String
        let machine: String
        let time: String
    }

    let path: String
    let showtime: ShowtimeView
    let seats: String
    let seatsLabel: String
    let amount: String
    let email: String
    let words: OrderWords
    let steps: [OrderStep]
    let deadline: Deadline?
    let payLabel: String?
    let canCancel: Bool
    let isWaiting: Bool
    let ticket: TicketView?
    let notice: String?
    let points: Int?
    let againPath: String?
    let isOver: Bool

    init(_ order: Order, at now: Date) {
        path = "/orders/\(order.id.pathComponent)"
        showtime = ShowtimeView(order.showtime, at: now)
        seats = order.seats.joined(separator: ", ")
        seatsLabel = order.seats.count == 1 ? "Seat" : "Seats"
        amount = order.amount.description
        email = order.email
        words = OrderWords(order)
        steps = OrderStep.steps(of: order)
        deadline = Deadline(order, at: now)
        payLabel = Self.payLabel(of: order)
        canCancel = order.state == .held
        isWaiting = [.paying, .paid, .refunding].contains(order.state)
        ticket = order.state == .booked ? order.ticket.flatMap(TicketView.init) : nil
        notice = Self.notice(of: order)
        points = order.points
        againPath =
            [.expired, .cancelled, .refunded].contains(order.state)
            ? "/showtimes/\(order.showtime.id.pathComponent)" : nil
        isOver = order.state.isFinal && (order.state != .booked || order.points != nil || order.dueAt == .distantFuture)
    }

    /// The order's notice while it is about what can still happen, or about money that was paid.
    private static func notice(of order: Order) -> String? {
        if order.attempts.contains(where: { $0.failure == .mismatch }) { return order.notice }
        return switch order.state {
        case .cancelled, .expired: nil
        // Of a payment page that is open nothing has gone wrong yet.
        case .paying: order.attempts.last?.state == .open ? nil : order.notice
        case .held, .paid, .booked, .refunding, .refunded: order.notice
        }
    }

    private static func payLabel(of order: Order) -> String? {
        switch order.state {
        case .held: "Pay \(order.amount)"
        case .paying: order.attempts.last?.checkoutURL == nil ? nil : "Go to the payment page"
        default: nil
        }
    }
}

extension OrderView.Deadline {
    fileprivate init?(_ order: Order, at now: Date) {
        let dates = ShowDates(now: now)
        switch (order.state, order.attempts.last) {
        case (.held, _):
            (label, machine, time) = ("to pay", dates.machine(order.heldUntil), dates.time(order.heldUntil))
        case (.paying, let attempt?) where attempt.checkoutURL != nil && attempt.endsAt > now:
            (label, machine, time) = (
                "until the payment page closes", dates.machine(attempt.endsAt), dates.time(attempt.endsAt)
            )
        default: return nil
        }
    }
}

/// A ticket with its code.
struct TicketView {
    let code: String
    let image: String?

    init(_ code: String) {
        self.code = code
        image = try? QRCode(code).svg
    }
}
