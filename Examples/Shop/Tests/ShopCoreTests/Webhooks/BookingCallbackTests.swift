import Foundation
import ShopCore
import Testing

@Suite struct BookingCallbackTests {
    /// A paid order whose ticket the cinema has not issued yet.
    private func paid(_ rig: Rig) async throws -> Order {
        rig.cinema.set { $0.confirmed = "PAID" }
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        rig.clock.advance(by: .seconds(2))
        let stored = try #require(try await rig.stored(order.id))
        #expect(stored.state == .paid)
        rig.cinema.set { $0.status = "COMPLETED" }
        return stored
    }

    private func secret(_ rig: Rig) -> String { rig.weTix.credentials.secret?.revealed ?? "" }

    @Test func `A signed webhook has the booking looked up`() async throws {
        let rig = try Rig()
        let order = try await paid(rig)
        try await rig.shop.bookingCallback(Signed.booking("booking-1", at: rig.clock.date, secret: secret(rig)))
        #expect(try await rig.stored(order.id)?.state == .booked)
        #expect(try await rig.stored(order.id)?.ticket == "11100011")
    }

    @Test func `The webhook itself issues no ticket`() async throws {
        let rig = try Rig()
        let order = try await paid(rig)
        rig.cinema.set { $0.status = "PAID" }
        try await rig.shop.bookingCallback(Signed.booking("booking-1", at: rig.clock.date, secret: secret(rig)))
        #expect(try await rig.stored(order.id)?.state == .paid)
    }

    @Test func `A replayed webhook is answered and has nothing looked up`() async throws {
        let rig = try Rig()
        let order = try await paid(rig)
        let request = Signed.booking("booking-1", at: rig.clock.date, secret: secret(rig))
        try await rig.shop.bookingCallback(request)
        let lookups = rig.cinema.count("movieOrder")
        rig.clock.advance(by: .seconds(10))
        try await rig.shop.bookingCallback(request)
        #expect(rig.cinema.count("movieOrder") == lookups)
        #expect(try await rig.stored(order.id)?.state == .booked)
    }

    @Test func `A webhook that met a failing store is worked on when it comes again`() async throws {
        let store = FailingShopStore()
        let rig = try Rig(store)
        let order = try await paid(rig)
        let request = Signed.booking("booking-1", at: rig.clock.date, secret: secret(rig))
        store.isFailing.withLock { $0 = true }
        await #expect(throws: ShopError.self) { try await rig.shop.bookingCallback(request) }
        store.isFailing.withLock { $0 = false }
        try await rig.shop.bookingCallback(request)
        #expect(try await rig.stored(order.id)?.state == .booked)
    }

    @Test func `A second webhook for the order finds it, too`() async throws {
        let rig = try Rig()
        let order = try await paid(rig)
        rig.cinema.set { $0.status = "PAID" }
        let secret = secret(rig)
        try await rig.shop.bookingCallback(Signed.booking("booking-1", at: rig.clock.date, secret: secret))
        rig.clock.advance(by: .seconds(5))
        rig.cinema.set { $0.status = "COMPLETED" }
        let second = Signed.booking("booking-1", nonce: "another", at: rig.clock.date, secret: secret)
        try await rig.shop.bookingCallback(second)
        #expect(try await rig.stored(order.id)?.state == .booked)
    }

    @Test func `A forged webhook, or one outside the window, is refused`() async throws {
        let rig = try Rig()
        let order = try await paid(rig)
        let date = rig.clock.date
        let good = Signed.booking("booking-1", at: date, secret: secret(rig))
        var short = good.headers
        short["x-signature"] = String(good.headers["x-signature"]?.dropLast(2) ?? "")
        var other = good.headers
        other["x-nonce-str"] = "another"
        let requests = [
            Signed.booking("booking-1", at: date, secret: "another secret"),
            Signed.booking("booking-1", at: date.addingTimeInterval(-301), secret: secret(rig)),
            Signed.booking("booking-1", at: date.addingTimeInterval(301), secret: secret(rig)),
            WebhookRequest(headers: short, body: good.body),
            WebhookRequest(headers: other, body: good.body),
            WebhookRequest(headers: good.headers, body: good.body + Data(" ".utf8)),
            WebhookRequest(headers: good.headers, body: Data()),
            WebhookRequest(headers: [:], body: good.body),
        ]
        for request in requests {
            let error = await #expect(throws: ShopError.self) { try await rig.shop.bookingCallback(request) }
            #expect(error?.kind == .forged)
        }
        #expect(try await rig.stored(order.id) == order)
    }

    @Test func `A webhook for an order that is unknown here is answered`() async throws {
        let rig = try Rig()
        try await rig.shop.bookingCallback(Signed.booking("another", at: rig.clock.date, secret: secret(rig)))
        #expect(rig.cinema.calls.isEmpty)
    }
}
