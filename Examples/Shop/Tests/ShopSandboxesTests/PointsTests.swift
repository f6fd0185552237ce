import Foundation
import OAuthDialects
import ShopSandboxes
import Testing

@Suite(.timeLimit(.minutes(5)))
struct PointsTests {
    private func credit(
        _ rig: Rig,
        _ session: TokenSession,
        key: String?,
        _ body: String = #"{"member":"a@example.com","points":18,"reference":"order-1"}"#
    ) async throws -> Reading {
        let url = try rig.root("kopi").appending(path: "v1/points")
        return try await session.ask("POST", url, body, headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    @Test func `A repeated key credits once and gets the same answer`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("kopi")
            let first = try await credit(rig, session, key: "order-1")
            #expect(first.status == 200 && first["data.points"] == "18" && first["data.balance"] == "18")
            #expect(try await credit(rig, session, key: "order-1").text == first.text)
            #expect(rig.sandboxes.points(of: "a@example.com") == 18 && rig.sandboxes.credits == 1)
            #expect(try await credit(rig, session, key: "order-2")["data.balance"] == "36")
            let other = #"{"member":"b@example.com","points":18,"reference":"order-1"}"#
            #expect(try await credit(rig, session, key: "order-1", other).status == 422)
            #expect(try await credit(rig, session, key: nil).status == 400)
            #expect(try await credit(rig, session, key: "order-3", "{}").status == 400)
            #expect(rig.sandboxes.credits == 2)
        }
    }

    @Test func `A credit whose answer was lost is not made again`() async throws {
        try await Rig.run { rig in
            let session = try rig.session("kopi")
            _ = try await session.accessToken()
            rig.sandboxes.follow(.script(.lostAnswer).at(.api), "kopi")
            await #expect(throws: (any Error).self) { try await credit(rig, session, key: "order-1") }
            #expect(try await credit(rig, session, key: "order-1")["data.balance"] == "18")
            #expect(rig.sandboxes.credits == 1)
        }
    }
}
