import Foundation

extension OrderMachine {
    /// The step for the attempt that is alive; of several, for the one that was looked up least.
    func paymentStep(_ order: inout Order, at now: Date) -> OrderStep? {
        while let index = leastLookedUp(order) {
            if order.attempts[index].state == .requested {
                if mayRequest(order.attempts[index], at: now) {
                    order.attempts[index].requests += 1
                    order.attempts[index].isMissing = false
                    return .requestCheckout(order.attempts[index].id)
                }
                if order.attempts[index].requests == 0 {
                    close(index, .ended, in: &order, at: now)
                    continue
                }
            }
            order.attempts[index].lookups += 1
            return .lookUpPayment(order.attempts[index].id)
        }
        return nil
    }

    /// Whether a page may be asked for, and would live long enough.
    private func mayRequest(_ attempt: Order.Attempt, at now: Date) -> Bool {
        guard attempt.state == .requested else { return false }
        guard attempt.requests == 0 || (attempt.isMissing && attempt.requests < rules.requests) else { return false }
        return attempt.endsAt.timeIntervalSince(now) - rules.answerTime >= rules.shortestCheckout
    }

    /// When no page of an attempt can be open any more.
    private func lastLook(at attempt: Order.Attempt) -> Date { attempt.endsAt.addingTimeInterval(rules.lateness) }

    private func leastLookedUp(_ order: Order) -> Int? {
        order.attempts.indices.filter { order.attempts[$0].isAlive }
            .min { order.attempts[$0].lookups < order.attempts[$1].lookups }
    }

    func takeCheckout(
        _ fact: OrderFact,
        of id: Order.Attempt.ID,
        in order: inout Order,
        at now: Date
    ) -> [String] {
        guard let index = order.attempts.firstIndex(where: { $0.id == id }) else { return [] }
        switch fact {
        case .checkoutOpened(let checkout, let url):
            order.attempts[index].checkoutID = checkout
            order.attempts[index].checkoutURL = url
            guard order.attempts[index].state == .requested else { return [] }
            order.attempts[index].state = .open
            order.failures = 0
            wait(for: index, in: &order, at: now)
        case .checkoutExists:
            order.attempts[index].requests = rules.requests
            goOn(&order, at: now)
        case .failed where order.attempts[index].state != .requested: return []
        case .failed(.refused(let code)) where order.attempts[index].requests == 1:
            close(index, .refused, in: &order, at: now, notice: OrderNotice.paymentRefused)
            return ["The payment page of order \(order.id) was refused: \(code)."]
        case .failed(.notConnected) where order.attempts[index].requests == 1:
            close(index, .notConnected, in: &order, at: now, notice: OrderNotice.notConnected)
            return ["The payment account is not connected: order \(order.id) can't be paid."]
        case .failed(.unavailable(let until)):
            order.attempts[index].requests -= 1
            backOff(&order, at: now, until: until)
        case .failed(.notConnected):
            order.attempts[index].requests -= 1
            backOff(&order, at: now)
        default: backOff(&order, at: now)
        }
        return []
    }

    func takePayment(
        _ fact: OrderFact,
        of id: Order.Attempt.ID,
        in order: inout Order,
        at now: Date
    ) -> [String] {
        guard let index = order.attempts.firstIndex(where: { $0.id == id }) else { return [] }
        guard order.attempts[index].isAlive else { return [] }
        guard case .payment(let standing) = fact else { return takeNoAnswer(fact, in: &order, at: now) }
        order.failures = 0
        order.attempts[index].isMissing = standing == .missing
        switch standing {
        case .paid(let payment): return takePaid(payment, index, in: &order, at: now)
        case .over: close(index, .ended, in: &order, at: now, notice: OrderNotice.paymentEnded)
        case .returned: close(index, .returned, in: &order, at: now, notice: OrderNotice.returned)
        case .missing where now >= lastLook(at: order.attempts[index]):
            close(index, .ended, in: &order, at: now, notice: OrderNotice.paymentEnded)
        case .missing where mayRequest(order.attempts[index], at: now): order.dueAt = now
        case .missing, .open: wait(for: index, in: &order, at: now)
        }
        return []
    }

    private func takePaid(_ payment: Payment, _ index: Int, in order: inout Order, at now: Date) -> [String] {
        guard payment.orderID == order.attempts[index].id else {
            // A callback has named it; the attempt's own payment is still to come.
            order.attempts[index].transaction = nil
            wait(for: index, in: &order, at: now)
            return ["The transaction \(payment.transaction) is not one of order \(order.id)."]
        }
        order.attempts[index].transaction = payment.transaction
        guard payment.isFor(order.attempts[index].id, order.amount) else {
            close(index, .mismatch, in: &order, at: now, notice: OrderNotice.mismatch)
            let currencies = payment.currencies.sorted().joined(separator: ", ")
            return [
                "Order \(order.id) costs \(order.amount.sen) \(Amount.currency), but the transaction "
                    + "\(payment.transaction) is \(payment.amount) \(currencies) for \(payment.orderID)."
            ]
        }
        order.attempts[index].state = .paid
        goOn(&order, at: now)
        switch order.state {
        case .held, .paying:
            order.state = .paid
            order.paidAt = now
            order.mayConfirm = true
            order.notice = nil
            return []
        case .expired, .cancelled, .refunded:
            order.state = .refunding
            order.attempts[index].refund = .due
            order.notice = OrderNotice.tooLate
            return ["Order \(order.id) was paid too late; \(payment.transaction) is refunded."]
        case .paid, .booked, .refunding:
            order.attempts[index].refund = .due
            order.notice = OrderNotice.paidTwice
            return ["Order \(order.id) was paid twice; \(payment.transaction) is refunded."]
        }
    }

    private func takeNoAnswer(_ fact: OrderFact, in order: inout Order, at now: Date) -> [String] {
        var until: Date?
        if case .failed(.unavailable(let date)) = fact { until = date }
        backOff(&order, at: now, until: until, atMost: 30)
        switch fact {
        case .failed(.notConnected) where order.failures == 1:
            return ["The payment account is not connected: order \(order.id) can't be looked up."]
        case .failed(.refused(let code)) where order.failures == 1:
            return ["A payment of order \(order.id) can't be looked up: \(code)."]
        default: return []
        }
    }

    /// The attempt is looked up again after a while, and at its end.
    private func wait(for index: Int, in order: inout Order, at now: Date) {
        let attempt = order.attempts[index]
        let pause = rules.lookups[min(attempt.lookups, rules.lookups.count - 1)]
        let later = now.addingTimeInterval(pause)
        let ends = [attempt.endsAt, lastLook(at: attempt)].filter { $0 > now }
        order.dueAt = min(later, ends.first ?? later)
    }

    private func close(
        _ index: Int,
        _ failure: Order.Attempt.Failure,
        in order: inout Order,
        at now: Date,
        notice: String? = nil
    ) {
        order.attempts[index].state = .over
        order.attempts[index].failure = failure
        // An order that has ended or is paid keeps what it says.
        if order.state == .held || order.state == .paying || failure == .mismatch { order.notice = notice }
        goOn(&order, at: now)
    }
}
