import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

private struct OrderTests {
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

/// A shop's orders.
private struct OrderService: Sendable {
    let session: TokenSession
    let root: URL

    func orders() async throws -> [String] {
        struct Answer: Decodable { let items: [String] }
        let url = root.appending(path: "orders")
        return try await session.json(Answer.self, from: url).items
    }
}
