import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

// The code of README.md, word for word: `ReadmeTests` compares them, and building this file proves that it compiles.

private func threeProviders(_ credentials: ClientCredentials, _ signer: any RequestSigner) throws {
    let tickets = TokenSession(dialect: .weTix(.sandbox), credentials: try .environment("WETIX"))
    let payments = TokenSession(dialect: .revenueMonster(.sandbox), credentials: credentials, signer: signer)
    let orders = TokenSession(dialect: .tiki(.production), credentials: try .environment("TIKI"))
    _ = (tickets, payments, orders)
}

private func signIn(
    _ dialect: RevenueMonsterDialect,
    _ credentials: ClientCredentials,
    _ account: Account,
    _ browser: Secret,
    _ callback: URL
) async throws {
    let attempts = SignInAttempts()  // one for the whole process
    let merchant = TokenSession(dialect: dialect, credentials: credentials, identity: .user(account))
    let attempt = try await merchant.beginSignIn(redirectURI: "https://app.example/callback/revenue-monster")
    try await attempts.keep(attempt, boundTo: browser)
    redirect(to: attempt.url)  // `callback` comes back; an attempt is taken once, by the browser that began it
    let begun = try await attempts.take(for: callback, boundTo: browser)
    try await merchant.finishSignIn(begun, callback: callback)
}

private func redirect(to url: URL) {}

@Test func `The unit test of the README passes`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
    let (data, _) = try await sandbox.session().data(from: sandbox.url("/v3/orders"))
    #expect(String(decoding: data, as: UTF8.self) == #"{"items":[]}"#)
}

private func handle(_ error: TokenError, of request: URL) {
    switch error.action {
    case .signIn: showSignIn()
    case .retry: retry(at: error.retryAt)
    case .verify: lookUp(request)
    default: alertOnCall("\(error)")
    }
}

private func showSignIn() {}
private func retry(at date: Date?) {}
private func lookUp(_ request: URL) {}
private func alertOnCall(_ text: String) {}
