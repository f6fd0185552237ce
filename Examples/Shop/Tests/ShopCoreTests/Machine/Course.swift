import Foundation
import ShopCore
import Testing

/// An order on its way through the machine, with a clock that stands still until a test moves it.
struct Course {
    var order: Order
    var now = Samples.now
    private(set) var alerts: [String] = []
    private let machine = OrderMachine()

    init(_ order: Order = Samples.order()) { self.order = order }

    /// An order whose first payment page is open.
    static func open() throws -> Self {
        var course = Self()
        try course.pay()
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-1", url: page))
        return course
    }

    /// An order that is paid and not confirmed.
    static func paid() throws -> Self {
        var course = try open()
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        return course
    }

    static let page = URL(string: "https://pay.example/checkout-1")!

    /// The last attempt's id.
    var attempt: String { order.attempts.last?.id ?? "" }

    /// The payment that pays for the order.
    var payment: Payment {
        Payment(transaction: "t-1", orderID: attempt, amount: order.amount.sen, currencies: ["MYR"])
    }

    mutating func pay() throws { try machine.pay(&order, at: now) }

    mutating func cancel() throws { try machine.cancel(&order, at: now) }

    mutating func callback(_ attempt: String, _ transaction: String) {
        machine.check(&order, attempt: attempt, transaction: transaction, at: now)
    }

    mutating func check() { machine.check(&order, at: now) }

    mutating func pass(_ seconds: TimeInterval) { now.addTimeInterval(seconds) }

    /// The time passes until the order is due.
    mutating func passUntilDue() { now = max(now, order.dueAt) }

    /// The next step, as stored by a process that then ends.
    mutating func begin() -> OrderStep? { machine.next(&order, at: now) }

    mutating func take(_ fact: OrderFact, of step: OrderStep) {
        alerts += machine.take(fact, of: step, in: &order, at: now)
    }

    /// Performs the next step, which has to be this one.
    mutating func expect(
        _ step: OrderStep,
        _ fact: OrderFact,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let next = begin()
        #expect(next == step, sourceLocation: sourceLocation)
        guard next == step else { return }
        take(fact, of: step)
    }
}
