import Foundation
import ShopCore
import Testing

@Suite struct BookingTests {
    @Test func `A confirmed order is booked, and its points are credited`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.confirmed))
        #expect(course.begin() == nil)
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.ticket("1001")))
        #expect(course.order.state == .booked)
        #expect(course.order.ticket == "1001")
        course.expect(.creditPoints, .credited(37))
        #expect(course.order.points == 37)
        #expect(course.begin() == nil)
        #expect(course.order.dueAt == .distantFuture)
    }

    @Test(arguments: [ProviderFailure.lost, .refused("INTERNAL_ERROR"), .unreadable])
    func `A confirmation without an answer is looked up before it is sent again`(_ failure: ProviderFailure) throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .failed(failure))
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.unconfirmed))
        course.expect(.confirmBooking, .failed(.lost))
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.ticket("1001")))
        #expect(course.order.state == .booked)
    }

    @Test(arguments: ["UNABLE_TO_CONFIRM_BOOKING", "ORDER_SESSION_EXPIRED", "EXPIRED_SHOWTIME"])
    func `A booking that is refused for good is looked up, and the money goes back`(_ code: String) throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .failed(.refused(code)))
        course.expect(.lookUpBooking, .booking(.unconfirmed))
        #expect(course.order.state == .refunding)
        #expect(course.order.notice != nil)
        course.expect(.requestRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
        #expect(course.alerts.count == 1)
        #expect(course.begin() == nil)
    }

    @Test func `A refused repetition of a confirmation that arrived is no failure`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .failed(.lost))
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.unconfirmed))
        course.expect(.confirmBooking, .failed(.refused("UNABLE_TO_CONFIRM_BOOKING")))
        course.expect(.lookUpBooking, .booking(.ticket("1001")))
        #expect(course.order.state == .booked)
    }

    @Test(arguments: ["FAILED", "CANCELLED", "REFUNDED", "REVERSAL"])
    func `A ticket that can't be issued is refunded`(_ word: String) throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.confirmed))
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.failed(word)))
        course.expect(.requestRefund(course.attempt), .payment(.returned))
        #expect(course.order.state == .refunded)
    }

    @Test func `A cinema that can't be reached keeps the order paid, and the staff is told once`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .failed(.lost))
        for _ in 0..<60 {
            course.passUntilDue()
            course.expect(.lookUpBooking, .failed(.unavailable()))
        }
        #expect(course.order.state == .paid)
        #expect(course.alerts.count == 1)
        course.passUntilDue()
        course.expect(.lookUpBooking, .booking(.unconfirmed))
        #expect(course.order.state == .refunding)
    }

    @Test func `A confirmation that was not sent is sent without a lookup`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .failed(.unavailable()))
        course.passUntilDue()
        course.expect(.confirmBooking, .booking(.ticket("1001")))
        #expect(course.order.state == .booked)
    }

    @Test func `Points that can't be credited never change the ticket, and nobody asks for ever`() throws {
        var course = try Course.paid()
        course.expect(.confirmBooking, .booking(.ticket("1001")))
        var requests = 0
        while let step = course.begin() {
            requests += 1
            course.take(.failed(.lost), of: step)
            course.passUntilDue()
        }
        #expect((2...10).contains(requests))
        #expect(course.order.state == .booked)
        #expect(course.order.ticket == "1001")
        #expect(course.order.points == nil)
        #expect(course.alerts.count == 1)
    }
}
