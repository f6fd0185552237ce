public import Foundation

extension OrderMachine {
    /// Begins an attempt to pay, unless one is alive or the order is paid.
    ///
    /// - Throws: ``ShopError`` if the seats are gone.
    public func pay(_ order: inout Order, at now: Date) throws(ShopError) {
        switch order.state {
        case .paying, .paid, .booked, .refunding, .refunded: return
        case .expired:
            throw ShopError(.seatsGone, "The time to pay for these seats is over. Please choose seats again.")
        case .cancelled: throw ShopError(.seatsGone, "This order was cancelled. Please choose seats again.")
        case .held: break
        }
        if order.attempts.contains(where: \.isAlive) { return }
        let rest = order.heldUntil.timeIntervalSince(now) - rules.answerTime - rules.bookingTime
        let lifetime = min(rules.checkoutLifetime, rest)
        guard lifetime >= rules.shortestCheckout else {
            throw ShopError(.seatsGone, "There is no time left to pay for these seats. Please choose seats again.")
        }
        guard order.attempts.count < rules.attempts else {
            throw ShopError(.invalid, "There were too many attempts to pay for this order. Please choose seats again.")
        }
        order.attempts.append(
            Order.Attempt(
                id: "\(order.id)-\(order.attempts.count + 1)",
                createdAt: now,
                endsAt: now.addingTimeInterval(lifetime + rules.answerTime)
            )
        )
        order.state = .paying
        order.notice = nil
        keepMismatch(&order)
        goOn(&order, at: now)
    }

    /// The seconds that the page of an attempt may live if it is requested now, so that it ends by ``Order/Attempt/endsAt``.
    func lifetime(of attempt: Order.Attempt, at now: Date) -> Int {
        let rest = attempt.endsAt.timeIntervalSince(now) - rules.answerTime
        return Int(min(rest, rules.checkoutLifetime).rounded())
    }

    /// Cancels an order that is not being paid.
    ///
    /// - Throws: ``ShopError`` if a payment is alive or made.
    public func cancel(_ order: inout Order, at now: Date) throws(ShopError) {
        switch order.state {
        case .cancelled, .expired: return
        case .held where !order.attempts.contains(where: \.isAlive): break
        case .held, .paying:
            throw ShopError(.invalid, "A payment is open for this order. It can be cancelled on the payment page.")
        case .paid, .booked, .refunding, .refunded:
            throw ShopError(.invalid, "This order is paid and can't be cancelled here.")
        }
        order.state = .cancelled
        order.holdsSeats = true
        goOn(&order, at: now)
    }

    /// Asks for a look at the providers, at most once a second.
    public func check(_ order: inout Order, at now: Date) {
        guard order.state == .paid || order.state == .refunding || order.attempts.contains(where: \.isAlive) else {
            return
        }
        let last = order.steppedAt ?? .distantPast
        if last <= now.addingTimeInterval(-1) {
            order.wantsLookup = true
        } else {
            order.dueAt = min(order.dueAt, last.addingTimeInterval(1))
        }
    }

    /// Asks for a look at one attempt, also if it was thought to be over: the payment provider says that it was paid.
    public func check(_ order: inout Order, attempt id: Order.Attempt.ID, transaction: String, at now: Date) {
        guard let index = order.attempts.firstIndex(where: { $0.id == id }) else { return }
        guard order.attempts[index].state != .paid, order.attempts[index].failure != .mismatch else { return }
        order.attempts[index].transaction = transaction
        order.attempts[index].lookups = 0
        if order.attempts[index].state == .over {
            order.attempts[index].state = .open
            order.attempts[index].failure = nil
        }
        order.wantsLookup = true
        // The timer looks if this process ends before it does.
        order.dueAt = min(order.dueAt, now)
    }
}
