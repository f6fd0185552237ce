import Foundation
import ShopCore
import Testing

@Suite struct RefundTests {
    /// An order that is paid and can't be booked.
    private func unbookable() throws -> Course {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.failed("FAILED")))
        #expect(course.order.state == .refunding)
        return course
    }

    @Test func `A refund whose answer was lost is looked up`() throws {
        var course = try unbookable()
        course.expect(.requestRefund(course.attempt), .failed(.lost))
        course.passUntilDue()
        course.expect(.lookUpRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
        #expect(course.order.attempts.first?.refundRequests == 1)
    }

    @Test func `A refund that never arrived is requested again after three lookups`() throws {
        var course = try unbookable()
        course.expect(.requestRefund(course.attempt), .failed(.lost))
        for _ in 0..<3 {
            course.passUntilDue()
            course.expect(.lookUpRefund(course.attempt), .payment(.paid(course.payment)))
        }
        course.expect(.requestRefund(course.attempt), .refundStarted)
        course.passUntilDue()
        course.expect(.lookUpRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
    }

    @Test func `A refused refund is said to staff and buyer, and tried again later`() throws {
        var course = try unbookable()
        let before = course.alerts.count
        course.expect(.requestRefund(course.attempt), .failed(.refused("INSUFFICIENT_MERCHANT_BALANCE")))
        #expect(course.alerts.count == before + 1)
        #expect(course.order.state == .refunding)
        #expect(course.begin() == nil)
        course.passUntilDue()
        course.expect(.requestRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
    }

    @Test func `A second payment is refunded, and the ticket stays`() throws {
        var course = try Course.open()
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.over))
        #expect(course.begin() == nil)
        try course.pay()
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-2", url: Course.page))
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        course.expect(.confirmBooking, .booking(.ticket("1001")))
        course.expect(.creditPoints, .credited(37))
        let first = "\(course.order.id)-1"
        course.callback(first, "t-0")
        var payment = course.payment
        payment.orderID = first
        payment.transaction = "t-0"
        course.expect(.lookUpPayment(first), .payment(.paid(payment)))
        course.expect(.requestRefund(first), .payment(.returned))
        #expect(course.order.state == .booked)
        #expect(course.order.ticket == "1001")
        #expect(course.order.attempts.map(\.refund) == [.done, nil])
        #expect(course.order.points == 37)
        #expect(course.begin() == nil)
    }

    @Test func `A payment after the seats' time is refunded`() throws {
        var course = try Course.open()
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.over))
        course.pass(900)
        #expect(course.begin() == nil)
        #expect(course.order.state == .expired)
        course.callback(course.attempt, "t-1")
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .refunding)
        course.expect(.requestRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
    }

    @Test func `A callback about a payment that is known changes nothing`() throws {
        var course = try Course.paid()
        let before = course.order
        course.callback(course.attempt, "t-1")
        #expect(course.order == before)
    }

    @Test func `A callback that says what the lookup denies is no payment`() throws {
        var course = try Course.open()
        course.callback(course.attempt, "t-1")
        course.expect(.lookUpPayment(course.attempt), .payment(.open))
        #expect(course.order.state == .paying)
        #expect(course.begin() == nil)
    }

    @Test func `A refused refund does not keep another one waiting`() throws {
        var course = try unbookable()
        let first = course.attempt
        course.order.attempts.append(Order.Attempt(id: "second", createdAt: course.now, endsAt: course.now))
        course.order.attempts[1].state = .over
        let late = Payment(transaction: "t-2", orderID: "second", amount: course.order.amount.sen, currencies: ["MYR"])
        course.expect(.requestRefund(first), .failed(.refused("INSUFFICIENT_MERCHANT_BALANCE")))
        course.callback("second", "t-2")
        course.expect(.lookUpPayment("second"), .payment(.paid(late)))
        course.expect(.requestRefund("second"), .refundStarted)
    }

    @Test func `Nobody can hasten a refund that was refused`() throws {
        var course = try unbookable()
        course.expect(.requestRefund(course.attempt), .failed(.refused("INSUFFICIENT_MERCHANT_BALANCE")))
        course.pass(5)
        course.check()
        #expect(course.begin() == nil)
    }
}
