import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct LookupLimitTests {
    @Test func `Three queries by order id in five seconds, for each token`() async throws {
        try await Rig.run { rig in
            let session = try rig.merchant()
            let url = try rig.payment("transaction/order/none")
            for _ in 0..<3 { #expect(try await session.ask("GET", url).status == 404) }
            let refused = try await session.ask("GET", url)
            #expect(refused.status == 429 && refused.code == "TOO_MANY_REQUEST_PER_SECOND")
            #expect(try await session.ask("GET", rig.payment("transaction/none")).status == 404)
            let other = try rig.merchant()
            #expect(try await other.ask("GET", url).status == 404)
            rig.clock.advance(by: .seconds(5))
            #expect(try await session.ask("GET", url).status == 404)
        }
    }

    @Test func `The limit can be switched off`() async throws {
        try await Rig.run { rig in
            rig.sandboxes.limitsLookups = false
            let session = try rig.merchant()
            for _ in 0..<5 {
                #expect(try await session.ask("GET", rig.payment("transaction/order/none")).status == 404)
            }
        }
    }
}
