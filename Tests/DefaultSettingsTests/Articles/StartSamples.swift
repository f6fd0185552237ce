import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

// The other code of GettingStarted.md, word for word. `print` is the one at the end of this file.

private struct Orders: Decodable { let items: [String] }

private func ownProvider() async throws {
    struct Orders: Decodable { let items: [String] }

    let dialect = StandardDialect.standard(
        name: "acme",
        tokenEndpoint: URL(string: "https://login.acme.example/oauth/token")!,
        apiHosts: ["api.acme.example"]
    )
    let sandbox = ProviderSandbox(.speaking(dialect))
    sandbox.stub("GET", "/v1/orders", json: #"{"items":["B-1"]}"#)
    let session = sandbox.session()

    let url = URL(string: "https://api.acme.example/v1/orders")!
    let orders = try await session.json(Orders.self, from: url)
    print(orders.items)
}

private func real() async throws {
    let session = TokenSession(
        dialect: .tiki(.production),
        credentials: try .environment("TIKI"),
        store: FileTokenStore()
    )
    print(try session.preview(.clientCredentials()))
    _ = try await session.accessToken()
    print(session.status)
}

private struct OrderService: Sendable {
    let session: TokenSession

    func orders() async throws -> [String] {
        let url = URL(string: "https://api.acme.example/v1/orders")!
        return try await session.json(Orders.self, from: url).items
    }
}

private func show(_ service: OrderService) async throws {
    do {
        print(try await service.orders())
    } catch let error as TokenError {
        switch error.action {
        case .signIn: print("Please sign in again.")
        case .retry: print("Try again after", error.retryAt ?? .now)
        case .verify: print("Look up whether the request was processed.")
        default: print("Tell an engineer:", error)
        }
    } catch let error as APIError {
        print("The API refused:", error)
    }
}

@Test func `The start's samples call an app's own provider, and say what to do about an error`() async throws {
    try await ownProvider()
    let endpoint = URL(string: "https://login.acme.example/oauth/token")!
    let dialect = StandardDialect.standard(name: "acme", tokenEndpoint: endpoint, apiHosts: ["api.acme.example"])
    let sandbox = ProviderSandbox(.speaking(dialect))
    sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(60)))
    try await show(OrderService(session: sandbox.session()))
    let lines = output.text.split(separator: "\n")
    #expect(lines.first == #"["B-1"]"#)
    #expect(lines.last?.hasPrefix("Try again after ") == true)
}

private let output = PrintedLines()

private func print(_ items: Any...) { output.append(items) }
