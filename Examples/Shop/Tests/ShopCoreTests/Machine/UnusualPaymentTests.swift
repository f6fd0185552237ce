import Foundation
import ShopCore
import Testing

@Suite struct UnusualPaymentTests {
    @Test func `A payment of another amount is mentioned whatever happens afterwards`() throws {
        var course = try Course.open()
        var payment = course.payment
        payment.amount = 3699
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(payment)))
        let notice = try #require(course.order.notice)
        #expect(course.begin() == nil)
        try course.pay()
        #expect(course.order.notice == notice)
        course.expect(.requestCheckout(course.attempt), .checkoutOpened(id: "checkout-2", url: Course.page))
        course.pass(3)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        course.expect(.confirmBooking, .booking(.ticket("ticket")))
        #expect(course.order.state == .booked)
        #expect(course.order.notice == notice)
    }

    @Test func `A page that was opened late is looked up beyond the end of its attempt`() throws {
        var course = try Course.open()
        let end = try #require(course.order.attempts.last?.endsAt)
        while course.now < end {
            course.passUntilDue()
            course.expect(.lookUpPayment(course.attempt), .payment(.missing))
        }
        #expect(course.order.attempts.map(\.state) == [.open])
        course.passUntilDue()
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }
}
