import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

struct OrderTests {
    let sandbox = ProviderSandbox(.tiki)
    let service: OrderService

    init() {
        sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
        service = OrderService(session: sandbox.session(), root: sandbox.baseURL)
    }

    @Test func orders() async throws {
        #expect(try await service.orders() == ["A-1", "A-2"])
        #expect(sandbox.counters.tokenRequests == 1)
    }
}
