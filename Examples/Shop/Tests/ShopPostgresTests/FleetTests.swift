#if PostgreSQL
import FleetSupport
import Foundation
import ShopCore
import ShopSandboxes
import Testing

extension OnPostgres {
    /// Processes of the shop's executable that share a database.
    struct FleetTests {
        @Test func `An order that is made at one process is paid and seen at another`() async throws {
            try await ShopFleet.run { fleet in
                // Both apply the migration.
                async let first = fleet.shop()
                async let second = fleet.shop()
                let (a, b) = try await (first, second)
                var merchant = Guest(staffPassword: ShopFleet.password)
                try await merchant.connect("revenue-monster", at: a)
                var buyer = Guest()
                let order = try await buyer.order(at: a)
                try await buyer.waits(for: "Your seats are held", of: order, at: b)
                try await buyer.pay(order, at: b)
                for shop in [a, b] {
                    try await buyer.waits(for: "Enjoy the film", of: order, at: shop)
                    #expect(try await Guest().status(of: "/health", at: shop) == 200)
                }
                #expect(fleet.sandboxes.payments().count == 1)
                #expect(try await Guest().status(of: order, at: a) == 404)
                for name in ["wetix", "revenue-monster"] {
                    let requests = fleet.sandboxes.counters(name).tokenRequestsByGrant
                    #expect(requests.values.allSatisfy { $0 == 1 }, "\(name): \(requests)")
                    #expect(fleet.sandboxes.complaints(name).isEmpty, "\(fleet.sandboxes.complaints(name))")
                }
            }
        }

        @Test func `A renewal makes one token request in all`() async throws {
            try await ShopFleet.run { fleet in
                let (a, b) = (try await fleet.shop(), try await fleet.shop())
                var guest = Guest()
                let showtime = try await guest.showtime(at: a)
                for round in 1...3 {
                    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                        for shop in [a, b, a, b, a, b] {
                            group.addTask { try await Guest().status(of: showtime, at: shop) }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(statuses == Array(repeating: 200, count: 6))
                    #expect(fleet.sandboxes.counters("wetix").tokenRequests == round)
                    fleet.sandboxes.revokeAccessTokens("wetix")
                }
            }
        }

        @Test func `A refresh token is used once for all, while both processes take payments`() async throws {
            try await ShopFleet.run { fleet in
                let (a, b) = (try await fleet.shop(), try await fleet.shop())
                var merchant = Guest(staffPassword: ShopFleet.password)
                try await merchant.connect("revenue-monster", at: a)
                var purchases: [(guest: Guest, order: String, shop: FleetShop)] = []
                for shop in [a, b] {
                    var guest = Guest()
                    let order = try await guest.order(at: shop)
                    purchases.append((guest, order, shop))
                }
                fleet.sandboxes.revokeAccessTokens("revenue-monster")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (guest, order, shop) in purchases {
                        group.addTask {
                            var guest = guest
                            try await guest.pay(order, at: shop)
                            try await guest.waits(for: "Enjoy the film", of: order, at: shop)
                        }
                    }
                    try await group.waitForAll()
                }
                let counters = fleet.sandboxes.counters("revenue-monster")
                #expect(counters.tokenRequests(of: "refresh_token") == 1)
                #expect(counters.reuses == 0)
                #expect(fleet.sandboxes.payments().count == 2)
            }
        }

        @Test func `An order whose process is killed goes on at another`() async throws {
            try await ShopFleet.run { fleet in
                let (a, b) = (try await fleet.shop(), try await fleet.shop())
                var merchant = Guest(staffPassword: ShopFleet.password)
                try await merchant.connect("revenue-monster", at: a)
                var buyer = Guest()
                let order = try await buyer.order(at: b)
                fleet.sandboxes.setWebhooks(revenueMonster: false, wetix: false)
                try await buyer.pay(order, at: b)
                b.worker.signal(SIGKILL)
                try await buyer.waits(for: "Enjoy the film", of: order, at: a)
                #expect(fleet.sandboxes.payments().count == 1)
            }
        }
    }
}

extension Guest {
    /// How a shop answers for a page.
    fileprivate func status(of path: String, at shop: FleetShop) async throws -> Int {
        var guest = self
        return try await guest.get(shop.url(path)).status
    }
}
#endif
