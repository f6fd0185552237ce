import Foundation
import OAuthDialects
import OAuthDialectsTesting
import ShopCore
import Testing

@Suite struct MerchantOrdersTests {
    @Test func `The merchant's orders are read`() async throws {
        let tiki = ProviderSandbox(.tiki)
        tiki.stub(
            "GET",
            "/integration/v2/orders",
            json: """
                {"data":[{"code":"1","status":"queueing","created_at":"2026-01-01 08:00:00",\
                "items":[{"product":{"name":"Kopi"},"qty":2,"price":409000.00}]},{"code":"2","status":"complete"}],\
                "paging":{"total":2}}
                """
        )
        let orders = try await MerchantOrders(session: tiki.session(), api: tiki.baseURL).recent()
        #expect(orders.map(\.code) == ["1", "2"])
        #expect(orders.first?.items.first?.name == "Kopi")
        #expect(orders.first?.items.first?.quantity == 2)
        #expect(tiki.complaints.isEmpty)
    }

    @Test func `Without a sign-in the merchant is told to connect`() async throws {
        let tiki = ProviderSandbox(.tiki)
        let session = tiki.session(identity: .user(try Account("merchant")))
        let error = await #expect(throws: ShopError.self) {
            try await MerchantOrders(session: session, api: tiki.baseURL).recent()
        }
        #expect(error?.kind == .notConnected)
    }
}
