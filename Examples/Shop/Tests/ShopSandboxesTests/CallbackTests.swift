import Foundation
import OAuthDialects
import RevenueMonsterSigning
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CallbackTests {
    @Test func `A success is told by a callback that Revenue Monster's key verifies`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            try await rig.press("pay", rig.open("order-1", session).page)
            let request = try #require(await rig.inbox.next().first)
            #expect(request.method == "POST")
            #expect(request.url.absoluteString == "http://127.0.0.1:9/webhooks/revenue-monster")
            let key = try RSAVerifyingKey(pem: rig.directory.revenueMonsterServerPublicKey)
            try RevenueMonsterCallback(key: key).verify(request, at: rig.clock.date)

            let body = try #require(request.body?.data)
            #expect(try CanonicalJSON(body, escaping: .html).text == String(decoding: body, as: UTF8.self))
            let reading = Reading(WireResponse(status: 200, body: body))
            #expect(reading["eventType"] == "PAYMENT_WEB_ONLINE" && reading["data.status"] == "SUCCESS")
            #expect(reading["data.order.id"] == "order-1" && reading["data.order.amount"] == "3600")
            #expect(reading["data.order.additionalData"] == "<&>" && reading["data.store.id"] == rig.directory.storeID)
            #expect(reading["data.transactionId"] == rig.sandboxes.payments().first?.transactionID)
            #expect(reading["data.finalAmount"] == nil && reading["data.checkoutId"] == nil)
        }
    }

    @Test func `A callback comes again after a failure, signed anew, and no more after the last attempt`() async throws
    {
        var settings = Sandboxes.Settings()
        settings.callbackPauses = [.seconds(1), .seconds(5)]
        try await Rig.run(settings) { rig in
            rig.inbox.answer(500, 404, 503)
            let session = try rig.merchant()
            try await rig.press("pay", rig.open("order-1", session).page)
            for pause in [1, 5] {
                try await rig.clock.waitForSleepers()
                rig.clock.advance(by: .seconds(pause))
            }
            let requests = await rig.inbox.next(3)
            #expect(Set(requests.compactMap { $0.headers["X-Nonce-Str"] }).count == 3)
            #expect(Set(requests.compactMap { $0.headers["X-Timestamp"] }).count == 3)
        }
    }

    @Test func `Nothing is told of a failure, nor while callbacks are switched off`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            try await rig.press("fail", rig.open("order-1", session).page)
            try await rig.press("cancel", rig.open("order-2", session).page)
            rig.sandboxes.setWebhooks(revenueMonster: false, wetix: true)
            try await rig.press("pay", rig.open("order-3", session).page)
            rig.sandboxes.setWebhooks(revenueMonster: true, wetix: true)
            try await rig.press("pay", rig.open("order-4", session).page)
            let request = try #require(await rig.inbox.next().first)
            let reading = Reading(WireResponse(status: 200, body: request.body?.data ?? Data()))
            #expect(reading["data.order.id"] == "order-4")
            let lines = rig.sandboxes.transcript("revenue-monster", limit: 100)
            #expect(lines.contains { $0.contains("order-3") && $0.contains("switched off") })
        }
    }
}
