import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

// The other code of GettingStarted.md, word for word. `print` is the one at the end of this file.

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
        credentials: try .environment("TIKI")
    )
    print(try session.preview(.clientCredentials()))
    _ = try await session.accessToken()
    print(session.status)
}

private struct Orders: Decodable { let items: [String] }

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

private func errors(_ sandbox: ProviderSandbox, _ session: TokenSession) async throws {
    let service = OrderService(session: session)
    sandbox.fail(with: .serviceUnavailable(retryAfter: .seconds(60)))
    try await show(service)

    sandbox.recover()
    sandbox.advance(by: .seconds(60))
    try await show(service)
}

@Test func `The start's samples call an app's own provider, and say what to do about an error`() async throws {
    try await ownProvider()
    let endpoint = URL(string: "https://login.acme.example/oauth/token")!
    let dialect = StandardDialect.standard(name: "acme", tokenEndpoint: endpoint, apiHosts: ["api.acme.example"])
    let sandbox = ProviderSandbox(.speaking(dialect))
    sandbox.stub("GET", "/v1/orders", json: #"{"items":["B-2"]}"#)
    try await errors(sandbox, sandbox.session())
    let lines = output.text.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0] == #"["B-1"]"#)
    #expect(lines[1].hasPrefix("Try again after "))
    #expect(lines[2] == #"["B-2"]"#)
}

@Test func `The start shows a preview and a status as they are printed`() async throws {
    let article = try Samples.article("GettingStarted")
    let client = ClientCredentials(id: "shop", secret: "s3cret")
    let preview = "\(try TokenSession(dialect: .tiki(.production), credentials: client).preview(.clientCredentials()))"
    // The version in the User-Agent changes.
    for line in preview.split(separator: "\n") where !line.contains("User-Agent") {
        #expect(article.contains("\n\(line)\n"), "\(line)")
    }
    let session = ProviderSandbox(.tiki).session()
    _ = try await session.accessToken()
    let lines = "\(session.status)".split(separator: "\n")
    let shown = ["tiki: token valid until ", "  next renewal at "]
    try #require(lines.count == shown.count)
    for (line, start) in zip(lines, shown) {
        #expect(line.hasPrefix(start) && article.contains("\n\(start)2026-"), "\(line)")
        #expect(line.count == start.count + "2026-01-01T00:00:00Z".count, "\(line)")
    }
}

private let output = PrintedLines()

private func print(_ items: Any...) { output.append(items) }
