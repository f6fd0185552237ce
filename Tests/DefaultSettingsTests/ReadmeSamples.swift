import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of README.md, word for word: `ReadmeTests` compares them, and building this file proves that it compiles.

private func weTix(_ request: URLRequest) async throws {
    let session = TokenSession(dialect: .weTix(.sandbox), credentials: try .environment("WETIX"))
    let (data, response) = try await session.data(for: request)
    _ = (data, response)
}

private func revenueMonster(_ request: URLRequest) async throws {
    let session = TokenSession(dialect: .revenueMonster(.sandbox), credentials: try .environment("REVENUE_MONSTER"))
    let (data, response) = try await session.data(for: request)
    _ = (data, response)
}

private func tiki(_ request: URLRequest) async throws {
    let session = TokenSession(dialect: .tiki(.production), credentials: try .environment("TIKI"))
    let (data, response) = try await session.data(for: request)
    _ = (data, response)
}

private func graphQL(_ session: TokenSession, _ query: @Sendable (AccessToken) async throws -> Answer) async throws {
    let answer = try await session.withAccessToken { token in
        let answer = try await query(token)
        return answer.isUnauthenticated ? .rejected(answer) : .accepted(answer)
    }
    _ = answer
}

private struct Answer: Sendable {
    let isUnauthenticated: Bool
}

private func people(_ attempts: SignInAttempts, _ browser: Secret) async throws {
    let merchant = TokenSession(
        dialect: .revenueMonster(.production),
        credentials: try .environment("REVENUE_MONSTER"),
        identity: .user(try Account("merchant-42"), scopes: ["manage_payment"])
    )
    let attempt = try await merchant.beginSignIn(redirectURI: "https://app.example/callback/revenue-monster")
    try await attempts.keep(attempt, boundTo: browser)
    redirect(to: attempt.url)
}

private func back(_ merchant: TokenSession, _ attempts: SignInAttempts, _ browser: Secret, _ callback: URL) async throws
{
    let attempt = try await attempts.take(for: callback, boundTo: browser)
    try await merchant.finishSignIn(attempt, callback: callback)
}

private func redirect(to url: URL) {}

private func sign(_ signer: any RequestSigner) throws {
    let session = TokenSession(
        dialect: .revenueMonster(.production),
        credentials: try .environment("REVENUE_MONSTER"),
        signer: signer
    )
    _ = session
}

private func several(_ url: URL) async throws {
    let providers = try Providers.environment()
    let order = try await providers["tiki"].json(Order.self, from: url, repeating: RepeatPolicy())
    let shop = try providers.session("tiki", account: Account("shop-7"))
    _ = (order, shop)
}

private func watch(_ session: TokenSession) async throws {
    print(session.status)
    print(try session.preview(.clientCredentials()))
    for await event in session.events { print(event.level, event.message) }
}

private func change() {
    let dialect = TikiDialect.tiki(.production).overriding {
        $0.remedy = { refusal, exchange, base in
            refusal.code == "app_suspended"
                ? .fixConfiguration(hint: "Ask Tiki to reactivate the app.")
                : base.remedy(for: refusal, of: exchange)
        }
    }
    _ = dialect
}

@Test func `The unit test of the README passes`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
    let session = sandbox.session()
    let (data, _) = try await session.data(for: URLRequest(url: sandbox.url("/v3/orders")))
    #expect(String(decoding: data, as: UTF8.self) == #"{"items":[]}"#)
    sandbox.revokeAccessTokens()
    _ = try await session.data(for: URLRequest(url: sandbox.url("/v3/orders")))
    #expect(sandbox.counters.tokenRequests == 2)
}

private func handle(_ error: TokenError, of request: URLRequest) {
    switch error.action {
    case .signIn: showSignIn()
    case .retry: retry(at: error.retryAt)
    case .verify: lookUp(request)
    default: page("\(error)")
    }
}

private func showSignIn() {}
private func retry(at date: Date?) {}
private func lookUp(_ request: URLRequest) {}
private func page(_ text: String) {}
