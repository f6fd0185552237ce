import Foundation
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite struct PaymentLookupTests {
    @Test func `A payment in another currency is none, and the staff is told`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id), currency: "SGD")
        rig.clock.advance(by: .seconds(2))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .held)
        #expect(rig.alerts.count == 1)
        #expect(rig.cinema.count("confirmMovieOrder") == 0)
    }

    @Test func `An answer of 429 to a lookup is waited for`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        rig.revenueMonster.failNext(.tooManyRequests(retryAfter: .seconds(20)), at: .api)
        await rig.shop.check(order.id)
        let waiting = try #require(try await rig.stored(order.id))
        #expect(waiting.state == .paying)
        #expect(waiting.dueAt == rig.clock.date.addingTimeInterval(20))
    }

    @Test(arguments: [
        SandboxFault.badGateway, .garbage, .truncated, .empty, .wrongType, .internalServerError, .timeout,
    ])
    func `Whatever else a lookup brings, the order stays as it is`(_ fault: SandboxFault) async throws {
        let rig = try Rig()
        let order = try await rig.open()
        rig.payments.pay(try #require(order.attempts.last?.id))
        rig.clock.advance(by: .seconds(2))
        rig.revenueMonster.failNext(fault, at: .api)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await rig.shop.check(order.id) }
            group.addTask { await rig.letTimePass() }
            await group.next()
            group.cancelAll()
        }
        rig.clock.advance(by: .seconds(60))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.state == .booked)
        #expect(rig.payments.checkouts.count == 1)
    }

    @Test func `What Revenue Monster's signers escape in different ways is not sent`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        #expect(order.showtime.film.contains("<"))
        #expect(rig.revenueMonster.complaints.isEmpty)
    }

    @Test func `A payment page that the provider does not know any more ends with its time`() async throws {
        let rig = try Rig()
        let order = try await rig.open()
        let unknown = #"{"error":{"code":"ORDER_NOT_EXIST","message":"unknown"}}"#
        rig.revenueMonster.stub("GET", "/v3/payment/online", status: 404, json: unknown)
        rig.clock.advance(by: .seconds(700))
        await rig.shop.check(order.id)
        #expect(try await rig.stored(order.id)?.attempts.last?.state == .over)
        #expect(try await rig.stored(order.id)?.state != .paying)
    }
}
