import Foundation
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProcessTests {
    /// Runs a shop while a test does something.
    private func running(_ rig: Rig, _ body: () async throws -> Void) async throws {
        let run = Task { await rig.shop.run() }
        try await rig.clock.waitForSleepers()
        try await body()
        run.cancel()
        await run.value
    }

    /// Waits until an order satisfies a condition.
    private func order(
        _ id: Order.ID,
        at shop: Shop,
        where condition: @Sendable (Order) -> Bool
    ) async -> Order? {
        for await order in shop.changes(of: id) where condition(order) { return order }
        return nil
    }

    @Test func `The work goes on when the browser leaves`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        try await running(rig) {
            rig.revenueMonster.holdAnswers()
            let buyer = Task { try await rig.shop.pay(order.id, of: "browser") }
            try await rig.revenueMonster.counters { $0.tokenRequests == 1 }
            buyer.cancel()
            #expect(try await buyer.value.attempts.last?.checkoutURL == nil)
            rig.revenueMonster.releaseAnswers()
            let open = await self.order(order.id, at: rig.shop) { $0.attempts.last?.state == .open }
            #expect(open?.attempts.last?.checkoutURL != nil)
        }
        #expect(rig.payments.checkouts.count == 1)
    }

    @Test func `The timer finds a payment that nobody reports`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        try await running(rig) {
            rig.clock.advance(by: .seconds(4))
            let booked = await self.order(order.id, at: rig.shop) { $0.state == .booked }
            #expect(booked?.ticket != nil)
        }
    }

    @Test func `The timer ends the hold of an order that nobody pays`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        try await running(rig) {
            rig.clock.advance(by: .seconds(900))
            let expired = await self.order(order.id, at: rig.shop) { $0.state == .expired }
            #expect(expired?.dueAt == .distantFuture)
        }
    }

    @Test func `Points that were not credited are asked for again by the timer, with the same key`() async throws {
        let rig = try Rig()
        let keys = Heard()
        rig.kopi.stub("POST", "/v1/points") { request in
            keys.append(request.headers["Idempotency-Key"] ?? "")
            return .json(#"{"data":{"points":37}}"#, keys.count == 1 ? 500 : 200)
        }
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.points == nil)
        try await running(rig) {
            rig.clock.advance(by: .seconds(6))
            let credited = await self.order(order.id, at: rig.shop) { $0.points != nil }
            #expect(credited?.state == .booked)
        }
        #expect(keys.texts.withLock { $0 } == [order.id, order.id])
    }

    @Test func `A run that is cancelled ends the work at hand`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        let run = Task { await rig.shop.run() }
        try await rig.clock.waitForSleepers()
        rig.revenueMonster.holdAnswers()
        let buyer = Task { try await rig.shop.pay(order.id, of: "browser") }
        try await rig.revenueMonster.counters { $0.tokenRequests == 1 }
        run.cancel()
        rig.revenueMonster.releaseAnswers()
        await run.value
        let stored = try #require(try await rig.stored(order.id))
        #expect(stored.attempts.last?.state == .open)
        #expect(stored.claim == nil)
        _ = try await buyer.value
    }

    @Test func `An order that another process has claimed is left alone until the claim ends`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        let end = rig.clock.date.addingTimeInterval(30)
        try await rig.store.change(order.id) {
            $0.claim = Order.Claim(owner: "dead", until: end)
            $0.dueAt = end
        }
        rig.clock.advance(by: .seconds(10))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .paying)
        try await running(rig) {
            rig.clock.advance(by: .seconds(21))
            let done = await self.order(order.id, at: rig.shop) { $0.state == .booked && $0.claim == nil }
            #expect(done?.points == 37)
        }
    }

    @Test func `Two processes that look at once book once`() async throws {
        let rig = try Rig()
        let other = rig.another()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await withTaskGroup(of: Void.self) { group in
            for shop in [rig.shop, other, rig.shop, other] { group.addTask { await shop.check(order.id) } }
        }
        let stored = try #require(try await rig.stored(order.id))
        #expect(stored.state == .booked)
        #expect(rig.cinema.count("confirmMovieOrder") == 1)
        #expect(stored.points == 37)
    }

    @Test func `A page sees the changes of another process`() async throws {
        let rig = try Rig()
        let other = rig.another()
        let order = try await rig.order()
        var changes = other.changes(of: order.id).makeAsyncIterator()
        #expect(await changes.next() == order)
        _ = try await rig.shop.pay(order.id, of: "browser")
        let paying = await changes.next()
        #expect(paying?.state == .paying)
    }

    @Test func `A page of an unknown order sees nothing`() async throws {
        let rig = try Rig()
        var changes = rig.shop.changes(of: "unknown").makeAsyncIterator()
        #expect(await changes.next() == nil)
    }
}
