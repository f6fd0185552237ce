import Foundation

extension OrderMachine {
    /// How often a refund is looked up before it is requested again.
    private static let lookups = 3
    /// The pause after a refusal, in seconds.
    private static let refusalPause: TimeInterval = 600

    /// The step for money that has to go back, whatever else the order needs.
    func refundStep(_ order: inout Order, at now: Date) -> OrderStep? {
        if let index = nextRefund(order, at: now) {
            order.attempts[index].refund = .requested
            order.attempts[index].refundRequests += 1
            order.attempts[index].lookups = 0
            return .requestRefund(order.attempts[index].id)
        }
        if let index = order.attempts.firstIndex(where: { $0.refund == .requested }) {
            order.attempts[index].lookups += 1
            return .lookUpRefund(order.attempts[index].id)
        }
        return nil
    }

    /// Looks at the order again when a refund may be requested, if nothing else is due before.
    func waitForRefunds(_ order: inout Order) {
        let dates = order.attempts.filter { $0.refund == .due }.compactMap(\.refundDueAt)
        if let first = dates.min() { order.dueAt = min(order.dueAt, first) }
    }

    /// The refund that was requested least, of those whose time has come.
    private func nextRefund(_ order: Order, at now: Date) -> Int? {
        let due = order.attempts.indices.filter {
            order.attempts[$0].refund == .due && order.attempts[$0].refundDueAt ?? now <= now
        }
        return due.min { order.attempts[$0].refundRequests < order.attempts[$1].refundRequests }
    }

    func takeRefund(_ fact: OrderFact, of id: Order.Attempt.ID, in order: inout Order, at now: Date) -> [String] {
        guard let index = order.attempts.firstIndex(where: { $0.id == id }) else { return [] }
        guard order.attempts[index].refund != .done else { return [] }
        switch fact {
        case .payment(.returned): finish(index, in: &order, at: now)
        case .refundStarted:
            order.failures = 0
            order.dueAt = now.addingTimeInterval(5)
        case .failed(.refused(let code)):
            order.attempts[index].refund = .due
            order.attempts[index].refundDueAt = now.addingTimeInterval(Self.refusalPause)
            order.notice = OrderNotice.refundDelayed
            goOn(&order, at: now)
            return ["The refund of order \(order.id) was refused: \(code)."]
        case .failed(.unavailable(let until)):
            order.attempts[index].refund = .due
            backOff(&order, at: now, until: until)
            order.attempts[index].refundDueAt = order.dueAt
        case .failed(.notConnected):
            order.attempts[index].refund = .due
            backOff(&order, at: now)
            order.attempts[index].refundDueAt = order.dueAt
            guard order.failures == 1 else { return [] }
            return ["The payment account is not connected: order \(order.id) can't be refunded."]
        default: backOff(&order, at: now)
        }
        return []
    }

    func takeRefundLookup(_ fact: OrderFact, of id: Order.Attempt.ID, in order: inout Order, at now: Date) -> [String] {
        guard let index = order.attempts.firstIndex(where: { $0.id == id }) else { return [] }
        guard order.attempts[index].refund == .requested else { return [] }
        switch fact {
        case .payment(.returned): finish(index, in: &order, at: now)
        case .payment(.paid) where order.attempts[index].lookups >= Self.lookups:
            // A repeated full refund can't return more than the balance.
            order.attempts[index].refund = .due
            goOn(&order, at: now)
        case .payment:
            order.failures = 0
            order.dueAt = now.addingTimeInterval(5 * Double(min(order.attempts[index].lookups, 12)))
        case .failed(.unavailable(let until)): backOff(&order, at: now, until: until)
        default: backOff(&order, at: now)
        }
        return []
    }

    private func finish(_ index: Int, in order: inout Order, at now: Date) {
        order.attempts[index].refund = .done
        goOn(&order, at: now)
        if order.attempts.contains(where: { $0.refund == .due || $0.refund == .requested }) { return }
        if order.state == .refunding {
            order.state = .refunded
            order.notice = OrderNotice.refunded
        } else {
            order.notice = OrderNotice.secondReturned
        }
    }
}
