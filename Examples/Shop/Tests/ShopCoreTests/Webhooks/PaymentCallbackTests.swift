import Foundation
import ShopCore
import Testing

@Suite struct PaymentCallbackTests {
    @Test(arguments: [nil, "https://panggung.example/webhooks/revenue-monster"])
    func `A signed callback has the payment looked up, whether its signature covers the URL or not`(
        _ url: String?
    ) async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let transaction = rig.payments.pay(attempt)
        let request = try Signed.payment(
            attempt,
            transaction,
            at: rig.clock.date,
            key: rig.keys.signing,
            url: url
        )
        try await rig.shop.paymentCallback(request)
        #expect(try await rig.stored(order.id)?.state == .booked)
    }

    @Test func `A callback is no payment: the lookup decides`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let request = try Signed.payment(attempt, "t404", at: rig.clock.date, key: rig.keys.signing)
        try await rig.shop.paymentCallback(request)
        #expect(try await rig.stored(order.id)?.state == .paying)
        #expect(rig.cinema.count("confirmMovieOrder") == 0)
    }

    @Test func `A redelivery is answered like the first, and not looked up again`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let transaction = rig.payments.pay(attempt)
        let request = try Signed.payment(attempt, transaction, at: rig.clock.date, key: rig.keys.signing)
        try await rig.shop.paymentCallback(request)
        let booked = try await rig.stored(order.id)
        let lookups = rig.payments.state.withLock { $0.lookups }
        try await rig.shop.paymentCallback(request)
        let again = try Signed.payment(
            attempt,
            transaction,
            at: rig.clock.date.addingTimeInterval(60),
            key: rig.keys.signing
        )
        try await rig.shop.paymentCallback(again)
        #expect(try await rig.stored(order.id) == booked)
        #expect(rig.payments.state.withLock { $0.lookups } == lookups)
    }

    @Test func `A forged callback is refused`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let date = rig.clock.date
        let foreign = try Keys().signing
        let good = try Signed.payment(attempt, "t1", at: date, key: rig.keys.signing)
        let foreignURL = "https://attacker.example/webhooks/revenue-monster"
        var unsigned = good.headers
        unsigned["x-signature"] = nil
        let requests = [
            try Signed.payment(attempt, "t1", at: date, key: foreign),
            try Signed.payment(attempt, "t1", at: date, key: rig.keys.signing, url: foreignURL),
            try Signed.payment(attempt, "t1", at: date.addingTimeInterval(-121), key: rig.keys.signing),
            try Signed.payment(attempt, "t1", at: date.addingTimeInterval(121), key: rig.keys.signing),
            WebhookRequest(headers: good.headers, body: Data("{}".utf8)),
            WebhookRequest(headers: good.headers, body: good.body + Data(" x".utf8)),
            WebhookRequest(headers: unsigned, body: good.body),
            WebhookRequest(headers: [:], body: Data()),
        ]
        for request in requests {
            let error = await #expect(throws: ShopError.self) { try await rig.shop.paymentCallback(request) }
            #expect(error?.kind == .forged)
        }
        #expect(try await rig.stored(order.id) == order)
    }

    @Test(arguments: [(3699, "MYR"), (3700, "SGD")])
    func `A callback of another amount or currency is said to the staff`(_ amount: Int, _ currency: String) async throws
    {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let transaction = rig.payments.pay(attempt, amount: amount, currency: currency)
        let request = try Signed.payment(
            attempt,
            transaction,
            amount: amount,
            currency: currency,
            at: rig.clock.date,
            key: rig.keys.signing
        )
        try await rig.shop.paymentCallback(request)
        let stored = try #require(try await rig.stored(order.id))
        #expect(stored.state == .held)
        #expect(stored.notice != nil)
        #expect(rig.alerts.count == 2)
        #expect(rig.cinema.count("confirmMovieOrder") == 0)
    }

    @Test func `A callback for an order that is unknown here changes nothing`() async throws {
        let rig = try Rig()
        let request = try Signed.payment("unknown-1", "t1", at: rig.clock.date, key: rig.keys.signing)
        try await rig.shop.paymentCallback(request)
        #expect(rig.alerts.count == 1)
    }

    @Test func `A callback without a transaction's id is refused, and changes nothing`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let attempt = try #require(order.attempts.last?.id)
        let request = try Signed.payment(attempt, "", at: rig.clock.date, key: rig.keys.signing)
        let error = await #expect(throws: ShopError.self) { try await rig.shop.paymentCallback(request) }
        #expect(error?.kind == .forged)
        #expect(try await rig.stored(order.id)?.attempts.last?.transaction == nil)
    }
}
