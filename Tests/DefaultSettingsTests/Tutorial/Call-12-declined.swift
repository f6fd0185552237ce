import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

private struct SellerTests {
    let sandbox = ProviderSandbox(.tiki)
    let session: TokenSession

    init() throws {
        sandbox.stub("GET", "/orders", json: #"{"items":["A-1","A-2"]}"#)
        let seller = Identity.user(try Account("seller-7"), scopes: ["order"])
        session = sandbox.session(identity: seller)
    }

    @Test func nobodyHasSignedIn() async {
        let service = OrderService(session: session, root: sandbox.baseURL)
        let error = await #expect(throws: TokenError.self) { try await service.orders() }
        #expect(error?.action == .signIn)
    }

    @Test func signIn() async throws {
        let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback/tiki")
        let callback = try sandbox.signIn(at: attempt.url)
        try await session.finishSignIn(attempt, callback: callback)

        let service = OrderService(session: session, root: sandbox.baseURL)
        #expect(try await service.orders() == ["A-1", "A-2"])
        #expect(session.status.hasRefreshToken)
    }

    @Test func declined() async throws {
        let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback/tiki")
        let callback = try sandbox.signIn(at: attempt.url, .decline)
        let error = await #expect(throws: TokenError.self) {
            try await session.finishSignIn(attempt, callback: callback)
        }
        #expect(error?.code == .signInDeclined)
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
