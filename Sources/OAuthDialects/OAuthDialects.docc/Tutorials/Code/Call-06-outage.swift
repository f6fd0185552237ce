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

    @Test func crowd() async throws {
        try await withThrowingTaskGroup { group in
            for _ in 1...100 { group.addTask { try await service.orders() } }
            for try await orders in group { #expect(orders.count == 2) }
        }
        #expect(sandbox.counters.tokenRequests == 1)
    }

    @Test func renewal() async throws {
        sandbox.accessTokenLifetime = .seconds(600)
        _ = try await service.orders()
        sandbox.advance(by: .seconds(601))
        _ = try await service.orders()
        #expect(sandbox.counters.tokenRequests == 2)
    }

    @Test func revokedToken() async throws {
        _ = try await service.orders()
        sandbox.revokeAccessTokens()
        #expect(try await service.orders() == ["A-1", "A-2"])
        #expect(sandbox.counters.tokenRequests == 2)
    }

    @Test func outageWhileATokenWorks() async throws {
        sandbox.accessTokenLifetime = .seconds(600)
        _ = try await service.orders()
        sandbox.fail(with: .serviceUnavailable, at: .tokenEndpoints)
        sandbox.advance(by: .seconds(560))
        #expect(try await service.orders() == ["A-1", "A-2"])
        try await sandbox.counters { $0.tokenRequests > 1 }
    }
}
