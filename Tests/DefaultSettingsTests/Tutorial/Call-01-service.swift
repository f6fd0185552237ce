import Foundation
import OAuthDialects
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
