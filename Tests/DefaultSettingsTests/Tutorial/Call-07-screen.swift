import Foundation
import OAuthDialects
import OAuthProviders

/// What a person sees of the orders.
private struct OrderScreen: Sendable {
    let service: OrderService

    func text() async -> String {
        do {
            return try await service.orders().joined(separator: ", ")
        } catch let error as TokenError {
            return error.userMessage
        } catch let error as APIError {
            return error.userMessage
        } catch {
            return "Something went wrong."
        }
    }
}

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
