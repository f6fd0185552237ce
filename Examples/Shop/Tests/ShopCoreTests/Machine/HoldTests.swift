import Foundation
import ShopCore
import Testing

@Suite struct HoldTests {
    @Test func `A held order expires, and can't be paid then`() {
        var course = Course()
        course.pass(900)
        #expect(course.begin() == nil)
        #expect(course.order.state == .expired)
        #expect(throws: ShopError.self) { try course.pay() }
    }

    @Test func `A cancelled order's seats are released once`() throws {
        var course = Course()
        try course.cancel()
        course.expect(.releaseSeats, .seatsReleased)
        #expect(course.begin() == nil)
        #expect(course.order.state == .cancelled)
        #expect(course.order.dueAt == .distantFuture)
    }

    @Test func `An order that is being paid can't be cancelled`() throws {
        var course = try Course.open()
        #expect(throws: ShopError.self) { try course.cancel() }
        var paid = try Course.paid()
        #expect(throws: ShopError.self) { try paid.cancel() }
    }

    @Test func `A check looks up at once, and at most once a second`() throws {
        var course = try Course.open()
        course.pass(1)
        course.check()
        course.expect(.lookUpPayment(course.attempt), .payment(.open))
        course.check()
        #expect(course.begin() == nil)
        course.pass(1)
        course.expect(.lookUpPayment(course.attempt), .payment(.open))
    }

    @Test func `A check that arrives during a lookup is not lost`() throws {
        var course = try Course.open()
        course.pass(3)
        let step = OrderStep.lookUpPayment(course.attempt)
        #expect(course.begin() == step)
        course.pass(2)
        course.check()
        course.take(.payment(.open), of: step)
        course.expect(.lookUpPayment(course.attempt), .payment(.paid(course.payment)))
        #expect(course.order.state == .paid)
    }
}
