import Foundation
import OAuthDialects
import OAuthProviders

/// Kopi's one call: `POST /v1/points` with an `Idempotency-Key`, which answers `{"data":{"points":18}}`.
struct KopiRewards: Sendable {
    let session: TokenSession
    let api: URL

    private struct Credit: Encodable {
        let member: String
        let points: Int
        let reference: String
    }

    private struct Credited: Decodable {
        struct Balance: Decodable { let points: Int }

        let data: Balance
    }

    /// Credits an order's points, one for each ringgit; Kopi does it once for a key, however often it is asked.
    func credit(_ order: Order) async throws(ProviderFailure) -> Int {
        let call = ProviderCall(
            "POST",
            api.appending(path: "v1/points", directoryHint: .notDirectory),
            headers: ["Idempotency-Key": order.id],
            within: 3,
            repeating: RepeatPolicy(attempts: 3, within: .seconds(10))
        )
        let credit = Credit(member: order.email, points: order.amount.sen / 100, reference: order.id)
        return try await call.answer(Credited.self, to: credit, by: session).data.points
    }
}
