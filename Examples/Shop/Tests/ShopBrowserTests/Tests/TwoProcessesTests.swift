#if PostgreSQL
import FleetSupport
import Foundation
import ShopSandboxes
import Testing

extension ShopInBrowser {
    /// Two processes of the shop's executable over one database, in the same browser.
    @Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL is not installed: apt-get install postgresql"))
    struct TwoProcessesTests {
        @Test func `A purchase goes on at another process, and a renewal makes one token request`() async throws {
            try await running { first, second, sandboxes in
                try await Browser.run { browser in
                    try await browser.connectPaymentsAsStaff(at: first)
                    let order = try await browser.holdSeat(at: first)
                    try await browser.open(second.url(order))
                    try await browser.goToPayment()
                    try await browser.payThere()
                    let ticket = try await browser.seeTicket()
                    #expect(try await browser.url() == second.url(order))
                    try await browser.open(first.url(order))
                    #expect(try await browser.seeTicket() == ticket)

                    for name in ["wetix", "revenue-monster"] { sandboxes.revokeAccessTokens(name) }
                    for shop in [first, second] {
                        try await browser.holdSeat(at: shop)
                        try await browser.goToPayment()
                        try await browser.payThere()
                        try await browser.seeTicket()
                    }
                    #expect(sandboxes.payments().map(\.status) == ["SUCCESS", "SUCCESS", "SUCCESS"])
                }
                #expect(sandboxes.counters("wetix").tokenRequests == 2)
                let grants = sandboxes.counters("revenue-monster").tokenRequestsByGrant
                #expect(grants == ["authorization_code": 1, "refresh_token": 1])
            }
        }

        private func running(
            _ body: (_ first: RunningShop, _ second: RunningShop, Sandboxes) async throws -> Void
        ) async throws {
            let server = try await PostgresServer.shared.value
            let name = "d" + UUID().uuidString.lowercased().filter { $0 != "-" }
            try await server.sql("CREATE DATABASE \(name)")
            let shared = [
                "DATABASE_URL":
                    "postgresql://postgres:\(server.password)@127.0.0.1:\(server.port)/\(name)?sslmode=disable",
                "SHOP_COOKIE_KEY": Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString(),
            ]
            try await RunningShop.run(shared) { first, sandboxes in
                let variables = shared.merging(RunningShop.variables(of: sandboxes)) { $1 }
                try await RunningShop.run(variables) { second in
                    try await body(first, second, sandboxes)
                }
            }
        }
    }
}
#endif
