import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SellerOrdersTests {
    private func list(_ rig: Rig, _ session: TokenSession, _ query: String) async throws -> Reading {
        let url = try #require(URL(string: try rig.root("tiki").absoluteString + "/integration/v2/orders" + query))
        return try await session.ask("GET", url)
    }

    @Test func `A seller's orders come in pages, with money as decimals`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("tiki")
            let all = try await list(rig, session, "")
            #expect(all.count("data") == 12 && all["paging.total"] == "12" && all["paging.last_page"] == "1")
            #expect(all.text.contains(#""grand_total":129000.00"#))
            #expect(try #require(all["data.0.created_at"]).wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/) != nil)
            let page = try await list(rig, session, "?page=3&limit=5")
            #expect(page.count("data") == 2 && page["paging.from"] == "11" && page["paging.to"] == "12")
            #expect(try await list(rig, session, "?page=9&limit=5").count("data") == 0)
            #expect(try await list(rig, session, "?limit=101")["errors.0"] != nil)
        }
    }

    @Test func `Orders are found by status and by code`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("tiki")
            #expect(try await list(rig, session, "?status=queueing").count("data") == 2)
            #expect(try await list(rig, session, "?status=nin%7Cqueueing,shipping").count("data") == 8)
            let one = try await list(rig, session, "?code=745467462")
            #expect(one.count("data") == 1 && one["data.0.items.0.qty"] == "1")
            #expect(try await list(rig, session, "/745467462")["status"] == "queueing")
            #expect(try await list(rig, session, "/1").status == 404)
        }
    }
}
