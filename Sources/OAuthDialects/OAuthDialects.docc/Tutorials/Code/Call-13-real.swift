import Foundation
import OAuthDialects
import OAuthProviders

/// A shop's orders.
struct OrderService: Sendable {
    let session: TokenSession
    let root: URL

    func orders() async throws -> [String] {
        struct Answer: Decodable { let items: [String] }
        let url = root.appending(path: "orders")
        return try await session.json(Answer.self, from: url).items
    }
}

/// The shop's orders at Tiki, with the credentials of the environment.
func tikiOrders() throws -> OrderService {
    let session = TokenSession(
        dialect: .tiki(.production),
        credentials: try .environment("TIKI"),
        store: FileTokenStore()
    )
    let root = URL(string: "https://api.tiki.vn/integration/v2")!
    return OrderService(session: session, root: root)
}
