#if PostgreSQL
import FleetSupport
import Foundation
import ShopSandboxes
import Testing

extension OnPostgres {
    struct ShutdownTests {
        @Test func `A shop that is stopped during a renewal keeps the refresh token that it gets`() async throws {
            try await ShopFleet.run { fleet in
                let name = "revenue-monster"
                let stopped = try await fleet.shop()
                var merchant = Guest(staffPassword: ShopFleet.password)
                try await merchant.connect(name, at: stopped)
                var buyer = Guest()
                let order = try await buyer.order(at: stopped)

                // Long enough for the shop to begin its shutdown while it waits for the new tokens.
                fleet.sandboxes.revokeAccessTokens(name)
                fleet.sandboxes.setLatency(.seconds(2), name)
                let payment = Task { [buyer] in
                    var buyer = buyer
                    try await buyer.pay(order, at: stopped)
                }
                try await fleet.sandboxes.counters(name) { $0.tokenRequests(of: "refresh_token") == 1 }
                fleet.sandboxes.setLatency(.zero, name)
                stopped.worker.signal(SIGTERM)
                try await eventually { (try? await buyer.get(stopped.url("/health"))) == nil }
                try await payment.value
                #expect(await stopped.worker.status() == 0)

                let next = try await fleet.shop()
                try await buyer.waits(for: "Enjoy the film", of: order, at: next)
                fleet.sandboxes.revokeAccessTokens(name)
                let another = try await buyer.order(at: next)
                try await buyer.pay(another, at: next)
                try await buyer.waits(for: "Enjoy the film", of: another, at: next)
                let counters = fleet.sandboxes.counters(name)
                #expect(counters.tokenRequestsByGrant == ["authorization_code": 1, "refresh_token": 2])
                #expect(counters.reuses == 0)
                #expect(fleet.sandboxes.payments().count == 2)
            }
        }
    }
}
#endif
