import Foundation
import ShopCore
import Testing

/// A process stores a step and ends; another one reads the order from the store and goes on.
@Suite struct DeathTests {
    /// The order as another process reads it.
    private func reread(_ course: Course) throws -> Course {
        var other = course
        other.order = try JSONDecoder().decode(Order.self, from: JSONEncoder().encode(course.order))
        #expect(other.order == course.order)
        return other
    }

    @Test func `After the attempt is stored, the next process requests the page`() throws {
        var course = Course()
        try course.pay()
        course = try reread(course)
        #expect(course.begin() == .requestCheckout(course.attempt))
    }

    @Test func `After the request for the page, the next process looks it up`() throws {
        var course = Course()
        try course.pay()
        _ = course.begin()
        course = try reread(course)
        course.expect(.lookUpPayment(course.attempt), .payment(.missing))
        course.expect(.requestCheckout(course.attempt), .checkoutExists)
        #expect(course.order.attempts.count == 1)
    }

    @Test func `While a payment is looked up, the next process looks it up`() throws {
        var course = try Course.open()
        course.pass(3)
        _ = course.begin()
        course = try reread(course)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }

    @Test func `After the payment is stored, the next process confirms`() throws {
        var course = try reread(try Course.paid())
        #expect(course.begin() == .confirmBooking)
    }

    @Test func `After the confirmation, the next process looks the booking up`() throws {
        var course = try Course.paid()
        _ = course.begin()
        course = try reread(course)
        course.expect(.lookUpBooking, .booking(.ticket("1001")))
        #expect(course.order.state == .booked)
    }

    @Test func `After the refund is due, the next process requests it`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.failed("FAILED")))
        course = try reread(course)
        #expect(course.begin() == .requestRefund(course.attempt))
    }

    @Test func `After the request for the refund, the next process looks it up`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.failed("FAILED")))
        _ = course.begin()
        course = try reread(course)
        course.expect(.lookUpRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
    }

    @Test func `After the request for points, the next process asks again with the same order`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.ticket("1001")))
        _ = course.begin()
        course = try reread(course)
        course.expect(.creditPoints, .credited(37))
        #expect(course.order.points == 37)
    }

    @Test func `After a cancellation, the next process releases the seats`() throws {
        var course = Course()
        try course.cancel()
        course = try reread(course)
        #expect(course.begin() == .releaseSeats)
    }
}
