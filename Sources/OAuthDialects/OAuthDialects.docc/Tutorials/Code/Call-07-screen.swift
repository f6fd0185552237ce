import Foundation
import OAuthDialects
import OAuthProviders

/// What a person sees of the orders.
struct OrderScreen: Sendable {
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
