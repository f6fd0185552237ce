public import Foundation

/// Decides what happens to an order: a value without I/O and without a clock.
///
/// A step is stored before it is performed: ``next(_:at:)`` changes the order and names the step, a shell stores the order, performs
/// the step, and stores what ``take(_:of:in:at:)`` makes of the answer. A process that ends in between leaves an order that says what
/// may have been sent, and the next one looks it up.
public struct OrderMachine: Sendable {
    /// How long things may take, in seconds, and how often they are repeated.
    public struct Rules: Sendable {
        /// The life of a payment page.
        public var checkoutLifetime: TimeInterval = 600
        /// The shortest life of a payment page that is worth opening.
        public var shortestCheckout: TimeInterval = 20
        /// How much later than it is sent a request may be processed.
        public var answerTime: TimeInterval = 10
        /// How much longer than ``answerTime`` a request may be on its way.
        ///
        /// It may wait for a token, twice, and be sent twice. A page that was opened so late outlives its attempt.
        public var lateness: TimeInterval = 30
        /// The time that is kept free for the booking between the end of a payment page and that of the seats' hold.
        public var bookingTime: TimeInterval = 20
        /// How many requests for one payment page are sent.
        public var requests = 3
        /// The most attempts to pay for one order.
        public var attempts = 20
        /// The pauses between lookups; the last one repeats.
        public var lookups: [TimeInterval] = [3, 5, 5, 10, 10, 20, 30]
        /// How long a paid order may wait for the cinema.
        public var bookingPatience: TimeInterval = 900
        /// The pauses between requests for points; after the last one nobody asks again.
        public var points: [TimeInterval] = [5, 30, 120, 600, 3600]

        /// Creates the default rules.
        public init() {}
    }

    /// The rules.
    public var rules: Rules

    /// Creates a machine.
    public init(rules: Rules = Rules()) { self.rules = rules }

    /// The step that an order needs now, which the order then says may have been performed; `nil` if there is none before its
    /// ``Order/dueAt``.
    public func next(_ order: inout Order, at now: Date) -> OrderStep? {
        guard order.dueAt <= now || order.wantsLookup else { return nil }
        order.wantsLookup = false
        defer { waitForRefunds(&order) }
        guard let step = step(for: &order, at: now) else { return nil }
        order.steppedAt = now
        return step
    }

    private func step(for order: inout Order, at now: Date) -> OrderStep? {
        if let step = refundStep(&order, at: now) { return step }
        if order.state == .paid { return bookingStep(&order) }
        if let step = paymentStep(&order, at: now) { return step }
        switch order.state {
        case .held, .paying: endHold(of: &order, at: now)
        case .booked: return pointsStep(&order)
        case .cancelled: return releaseStep(&order)
        case .paid, .refunding, .refunded, .expired: rest(&order)
        }
        return nil
    }

    /// Changes an order by what a step brought.
    ///
    /// - Returns: what the staff has to know.
    public func take(_ fact: OrderFact, of step: OrderStep, in order: inout Order, at now: Date) -> [String] {
        order.dueAt = now
        defer {
            waitForRefunds(&order)
            keepMismatch(&order)
        }
        switch step {
        case .requestCheckout(let id): return takeCheckout(fact, of: id, in: &order, at: now)
        case .lookUpPayment(let id): return takePayment(fact, of: id, in: &order, at: now)
        case .confirmBooking: return takeConfirmation(fact, in: &order, at: now)
        case .lookUpBooking: return takeBooking(fact, in: &order, at: now)
        case .requestRefund(let id): return takeRefund(fact, of: id, in: &order, at: now)
        case .lookUpRefund(let id): return takeRefundLookup(fact, of: id, in: &order, at: now)
        case .releaseSeats:
            takeRelease(fact, in: &order, at: now)
            return []
        case .creditPoints: return takePoints(fact, in: &order, at: now)
        }
    }

    /// Whatever else is said of the order: money that is not its amount was paid, and the staff returns it.
    func keepMismatch(_ order: inout Order) {
        guard order.attempts.contains(where: { $0.failure == .mismatch }) else { return }
        let notice = order.notice ?? OrderNotice.mismatch
        order.notice = notice.hasSuffix(OrderNotice.mismatch) ? notice : "\(notice) \(OrderNotice.mismatch)"
    }

    /// Nothing is left to do.
    func rest(_ order: inout Order) { order.dueAt = .distantFuture }

    /// The order is looked at again at once.
    func goOn(_ order: inout Order, at now: Date) {
        order.failures = 0
        order.dueAt = now
    }

    /// The order is looked at again later, the later the more often the step failed.
    func backOff(_ order: inout Order, at now: Date, until: Date? = nil, atMost limit: TimeInterval = 60) {
        order.failures += 1
        let pause = min(pow(2, Double(min(order.failures, 20))), limit)
        order.dueAt = max(until ?? now, now.addingTimeInterval(pause))
    }

    private func endHold(of order: inout Order, at now: Date) {
        if order.heldUntil > now {
            order.state = .held
            order.dueAt = order.heldUntil
        } else {
            order.state = .expired
            if order.notice == nil { order.notice = OrderNotice.expired }
            rest(&order)
        }
    }
}
