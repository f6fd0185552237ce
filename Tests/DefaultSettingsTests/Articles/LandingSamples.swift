import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of the landing page, word for word: `ArticleTests` compares them.

private func first(_ request: URLRequest) async throws {
    let session = TokenSession(
        dialect: .weTix(.sandbox),
        credentials: try .environment("WETIX")
    )
    let (data, response) = try await session.data(for: request)
    _ = (data, response)
}

private func merchants() async throws {
    let merchant = TokenSession(
        dialect: .revenueMonster(.production),
        credentials: try .environment("REVENUE_MONSTER"),
        identity: .user(
            try Account("merchant-42"),
            scopes: ["manage_payment"]
        ),
        store: FileTokenStore()
    )
    _ = merchant
}

private func renewing() throws {
    var policy = RenewalPolicy()
    policy.timeout = .seconds(5)
    policy.advisoryMaximum = .seconds(3600)
    let session = TokenSession(
        dialect: .weTix(.production),
        credentials: try .environment("WETIX"),
        policy: policy
    )
    _ = session
}

private func publicClient() {
    let credentials = ClientCredentials(id: "acme-ios")
    _ = credentials
}
