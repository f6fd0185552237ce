import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

private struct OrderScreenTests {
    let sandbox = ProviderSandbox(.tiki)
    let screen: OrderScreen

    init() {
        sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
        screen = OrderScreen(service: OrderService(session: sandbox.session(), root: sandbox.baseURL))
    }

    @Test func outage() async {
        sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(60)))
        #expect(await screen.text() == "The service can't answer right now. Please try again in a moment.")
        sandbox.recover()
        sandbox.advance(by: .seconds(60))
        #expect(await screen.text() == "A-1, A-2")
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
