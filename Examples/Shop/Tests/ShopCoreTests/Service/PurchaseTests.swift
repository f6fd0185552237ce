import Foundation
import OAuthDialects
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite struct PurchaseTests {
    @Test func `Seats are chosen, paid, booked, and credited`() async throws {
        let rig = try Rig()
        let showtimes = try await rig.shop.showtimes()
        #expect(showtimes.map(\.price) == [Amount(sen: 1850)])
        let plan = try await rig.shop.seatPlan(of: try #require(showtimes.first?.id))
        #expect(plan.seats.map(\.name) == ["C7", "C8", "C9"])
        #expect(plan.seats.map(\.isFree) == [true, false, false])
        let order = try await rig.order()
        #expect(order.state == .held)
        #expect(order.seats == ["C7", "C8"])
        #expect(order.amount == Amount(sen: 3700))
        #expect(order.heldUntil == rig.clock.date.addingTimeInterval(880))
        let paying = try await rig.shop.pay(order.id, of: "browser")
        #expect(paying.attempts.last?.checkoutURL?.absoluteString == "https://pay.example/c1")
        #expect(rig.payments.checkouts.map(\.lifetime) == [600])
        rig.payments.pay(try #require(paying.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        let booked = try #require(try await rig.stored(order.id))
        #expect(booked.state == .booked)
        #expect(booked.ticket == "11100011")
        #expect(booked.points == 37)
        #expect(booked.claim == nil)
        #expect(rig.cinema.state.withLock { $0.signatures } == 2)
        #expect(rig.alerts.isEmpty)
        #expect(rig.weTix.complaints.isEmpty)
    }

    @Test func `Many clicks at once make one checkout`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await rig.shop.pay(order.id, of: "browser") } }
            try await group.waitForAll()
        }
        #expect(rig.payments.checkouts.count == 1)
        #expect(try await rig.stored(order.id)?.attempts.count == 1)
    }

    @Test func `A checkout whose answer was lost is looked up, and never made twice`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        rig.payments.lose("open")
        let checking = try await rig.shop.pay(order.id, of: "browser")
        #expect(checking.state == .paying)
        #expect(checking.attempts.last?.checkoutURL == nil)
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        #expect(rig.payments.state.withLock { $0.lookupsByOrder } >= 1)
        #expect(rig.payments.checkouts.count == 1)
        #expect(try await rig.shop.pay(order.id, of: "browser").attempts.count == 1)
        // The buyer has paid on the page all the same.
        rig.payments.pay(try #require(checking.attempts.last?.id))
        rig.clock.advance(by: .seconds(5))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .booked)
    }

    @Test func `A checkout that never arrived is asked for again with the same id`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        rig.revenueMonster.failNext(.reset, at: .api)
        let checking = try await rig.shop.pay(order.id, of: "browser")
        #expect(rig.payments.checkouts.isEmpty)
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        let open = try #require(try await rig.stored(order.id))
        #expect(open.attempts.map(\.id) == checking.attempts.map(\.id))
        #expect(open.attempts.last?.state == .open)
    }

    @Test(arguments: ["FAILED", "CANCELLED", "EXPIRED"])
    func `A page that ended allows another attempt`(_ status: String) async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.end(try #require(order.attempts.last?.id), as: status)
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .held)
        let second = try await rig.shop.pay(order.id, of: "browser")
        #expect(second.attempts.map(\.state) == [.over, .open])
        #expect(rig.payments.checkouts.map(\.order) == ["\(order.id)-1", "\(order.id)-2"])
    }

    @Test func `A paid order that can't be booked is refunded`() async throws {
        let rig = try Rig()
        rig.cinema.set { $0.confirmed = "FAILED" }
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        let refunded = try #require(try await rig.stored(order.id))
        #expect(refunded.state == .refunded)
        #expect(refunded.notice != nil)
        #expect(rig.payments.transactions.map(\.status) == ["FULL_REFUNDED"])
        #expect(rig.payments.state.withLock { $0.refunds } == 1)
    }

    @Test func `A refund whose answer was lost is looked up, not repeated`() async throws {
        let rig = try Rig()
        rig.cinema.set { $0.confirmed = "FAILED" }
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        rig.payments.lose("refund")
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .refunding)
        rig.clock.advance(by: .seconds(5))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .refunded)
        #expect(rig.payments.state.withLock { $0.refunds } == 1)
    }

    @Test func `A confirmation whose answer was lost is looked up, not repeated`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        rig.cinema.set { $0.lost = ["confirmMovieOrder"] }
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .paid)
        rig.clock.advance(by: .seconds(5))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .booked)
        #expect(rig.cinema.count("confirmMovieOrder") == 1)
    }

    @Test func `A rewards program that is down costs nobody a ticket`() async throws {
        let rig = try Rig()
        rig.kopi.fail(with: .connectionRefused)
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await rig.shop.check(order.id) }
            // The session waits before it asks for a token again.
            group.addTask { await rig.letTimePass() }
            await group.next()
            group.cancelAll()
        }
        let booked = try #require(try await rig.stored(order.id))
        #expect(booked.state == .booked)
        #expect(booked.points == nil)
        #expect(booked.dueAt < .distantFuture)
    }

    @Test func `Without the merchant's account nobody can pay, and the seats stay held`() async throws {
        let rig = try Rig(isConnected: false)
        let order = try await rig.order()
        let error = await #expect(throws: ShopError.self) { try await rig.shop.pay(order.id, of: "browser") }
        #expect(error?.kind == .notConnected)
        #expect(try await rig.stored(order.id)?.state == .held)
        #expect(rig.alerts.count == 1)
    }

    @Test func `A cancelled order's seats are free again`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        #expect(try await rig.shop.cancel(order.id, of: "browser").state == .cancelled)
        #expect(rig.cinema.count("releaseSeats") == 1)
        await #expect(throws: ShopError.self) { try await rig.shop.pay(order.id, of: "browser") }
    }
}
