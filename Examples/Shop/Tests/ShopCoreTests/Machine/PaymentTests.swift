import Foundation
import ShopCore
import Testing

@Suite struct PaymentTests {
    @Test func `A payment of our amount and currency makes an order paid`() throws {
        let course = try Course.paid()
        #expect(course.order.state == .paid)
        #expect(course.order.attempts.map(\.state) == [.paid])
        #expect(course.order.attempts.last?.transaction == "t-1")
        #expect(course.alerts.isEmpty)
    }

    @Test func `An attempt is stored with its id before the request is sent`() throws {
        var course = Course()
        try course.pay()
        #expect(course.order.state == .paying)
        #expect(course.attempt == "\(course.order.id)-1")
        #expect(course.attempt.utf8.count <= 24)
        #expect(course.begin() == .requestCheckout(course.attempt))
        #expect(course.order.attempts.first?.requests == 1)
    }

    @Test func `A double click makes no second attempt`() throws {
        var course = Course()
        try course.pay()
        try course.pay()
        #expect(course.order.attempts.count == 1)
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-1", url: Course.page))
        try course.pay()
        #expect(course.order.attempts.count == 1)
        #expect(course.begin() == nil)
    }

    @Test(arguments: [
        Payment(transaction: "t-1", orderID: "ATTEMPT", amount: 3699, currencies: ["MYR"]),
        Payment(transaction: "t-1", orderID: "ATTEMPT", amount: 370_000, currencies: ["MYR"]),
        Payment(transaction: "t-1", orderID: "ATTEMPT", amount: 3700, currencies: ["SGD"]),
        Payment(transaction: "t-1", orderID: "ATTEMPT", amount: 3700, currencies: ["MYR", "SGD"]),
        Payment(transaction: "t-1", orderID: "ATTEMPT", amount: 3700, currencies: []),
    ])
    func `A payment of another amount or currency is no payment`(_ payment: Payment) throws {
        var course = try Course.open()
        var payment = payment
        if payment.orderID == "ATTEMPT" { payment.orderID = course.attempt }
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(payment)))
        #expect(course.order.attempts.map(\.state) == [.over])
        #expect(course.order.attempts.first?.failure == .mismatch)
        #expect(course.order.notice != nil)
        #expect(course.alerts.count == 1)
        #expect(course.begin() == nil)
        #expect(course.order.state == .held)
    }

    @Test func `A lost answer is looked up, and asked for again with the same id`() throws {
        var course = Course()
        try course.pay()
        course.expect(.requestCheckout(course.attempt), .failed(.lost))
        #expect(course.begin() == nil)
        course.passUntilDue()
        course.expect(.lookUpPayment(course.attempt), .payment(.missing))
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-1", url: Course.page))
        #expect(course.order.attempts.map(\.state) == [.open])
    }

    @Test func `A request that had arrived is not sent a third time, and its attempt lasts until its end`() throws {
        var course = Course()
        try course.pay()
        course.expect(.requestCheckout(course.attempt), .failed(.lost))
        course.passUntilDue()
        course.expect(.lookUpPayment(course.attempt), .payment(.missing))
        course.expect(.requestCheckout(course.attempt), .checkoutExists)
        let end = try #require(course.order.attempts.last?.endsAt).addingTimeInterval(30)
        while course.now < end {
            try course.pay()
            #expect(course.order.attempts.count == 1)
            course.expect(.lookUpPayment(course.attempt), .payment(.missing))
            course.passUntilDue()
        }
        course.expect(.lookUpPayment(course.attempt), .payment(.missing))
        #expect(course.begin() == nil)
        #expect(course.order.state == .held)
        try course.pay()
        #expect(course.attempt == "\(course.order.id)-2")
    }

    @Test func `A request that was not sent is sent again with the same id`() throws {
        var course = Course()
        try course.pay()
        let later = course.now.addingTimeInterval(5)
        course.expect(.requestCheckout(course.attempt), .failed(.unavailable(until: later)))
        #expect(course.order.dueAt == later)
        course.passUntilDue()
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-1", url: Course.page))
        #expect(course.order.attempts.count == 1)
    }

    @Test func `An attempt that could never be requested ends, and the seats expire`() throws {
        var course = Course(Samples.order(heldFor: 60))
        try course.pay()
        while course.order.state == .paying, let step = course.begin() {
            course.take(.failed(.unavailable()), of: step)
            course.passUntilDue()
        }
        #expect(course.order.attempts.map(\.state) == [.over])
        course.passUntilDue()
        #expect(course.begin() == nil)
        #expect(course.order.state == .expired)
        #expect(course.order.dueAt == .distantFuture)
    }

    @Test func `A payment that failed allows a second attempt with the next number`() throws {
        var course = try Course.open()
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.over))
        #expect(course.begin() == nil)
        #expect(course.order.state == .held)
        try course.pay()
        #expect(course.order.attempts.map(\.id) == ["\(course.order.id)-1", "\(course.order.id)-2"])
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-2", url: Course.page))
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }

    @Test func `A payment under way is waited for beyond the end of its page`() throws {
        var course = try Course.open()
        course.pass(800)
        course.expect(.lookUpPayment(course.attempt), .payment(.open))
        #expect(course.order.state == .paying)
        course.passUntilDue()
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }

    @Test func `The payment page ends before the seats' hold does`() throws {
        var course = Course(Samples.order(heldFor: 120))
        try course.pay()
        let end = try #require(course.order.attempts.last?.endsAt)
        #expect(end < course.order.heldUntil)
        #expect(throws: ShopError.self) {
            var late = Course(Samples.order(heldFor: 40))
            try late.pay()
        }
    }

    @Test(arguments: [ProviderFailure.notConnected, .refused("STORE_NOT_FOUND")])
    func `A refused first request ends the attempt`(_ failure: ProviderFailure) throws {
        var course = Course()
        try course.pay()
        course.expect(.requestCheckout(course.attempt), .failed(failure))
        #expect(course.order.attempts.map(\.state) == [.over])
        #expect(course.alerts.count == 1)
        #expect(course.begin() == nil)
        #expect(course.order.state == .held)
    }

    @Test(arguments: [ProviderFailure.lost, .unavailable(), .notConnected, .unreadable, .refused("UNKNOWN")])
    func `A failed lookup ends nothing`(_ failure: ProviderFailure) throws {
        var course = try Course.open()
        for _ in 0..<20 {
            course.passUntilDue()
            course.expect(.lookUpPayment(course.attempt), .failed(failure))
        }
        #expect(course.order.state == .paying)
        #expect(course.order.attempts.map(\.state) == [.open])
        #expect(course.alerts.count <= 1)
    }

    @Test func `A transaction of another order says nothing about an attempt`() throws {
        var course = try Course.open()
        course.callback(course.attempt, "t-other")
        let other = Payment(transaction: "t-other", orderID: "another-1", amount: 3700, currencies: ["MYR"])
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(other)))
        #expect(course.order.attempts.first?.state == .open)
        #expect(course.order.attempts.first?.transaction == nil)
        #expect(course.alerts.count == 1)
        course.passUntilDue()
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }

    @Test func `A late payment that a callback names is looked up after the process has died`() throws {
        var course = try Course.open()
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.over))
        #expect(course.begin() == nil)
        try course.cancel()
        while let step = course.begin() { course.take(.seatsReleased, of: step) }
        #expect(course.order.dueAt == .distantFuture)
        course.callback(course.attempt, "t-1")
        #expect(course.order.dueAt <= course.now)
    }

    @Test func `A late refusal of a page does not end an attempt that a callback has opened`() throws {
        var course = Course()
        try course.pay()
        let next = course.begin()
        let step = try #require(next)
        course.order.attempts[0].state = .open
        course.callback(course.attempt, "t-1")
        course.take(.failed(.refused("ORDER_CLOSED")), of: step)
        #expect(course.order.attempts.first?.isAlive == true)
    }
}
