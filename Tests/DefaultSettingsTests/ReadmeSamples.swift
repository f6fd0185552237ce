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

@Test func `A merchant signs in as the README shows`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
    let server = try await sandbox.serve()
    let (dialect, client) = (sandbox.dialect(at: server.url), sandbox.credentials)
    let (shop, browser) = (try Account("merchant-42"), Secret("cookie"))
    var (page, returned): (URL?, URL?)
    func redirect(to url: URL) { page = url }
    var callback: URL {
        get throws {
            if returned == nil { returned = try sandbox.signIn(at: #require(page)) }
            return try #require(returned)
        }
    }

    let attempts = SignInAttempts()  // one for the whole process
    let session = TokenSession(dialect: dialect, credentials: client, identity: .user(shop, scopes: ["manage_payment"]))
    let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback/revenue-monster")
    try await attempts.keep(attempt, boundTo: browser)
    redirect(to: attempt.url)  // `callback` comes back; an attempt is taken once, by the browser that began it
    let begun = try await attempts.take(for: callback, boundTo: browser)
    try await session.finishSignIn(begun, callback: callback)

    #expect(session.status.standing == .working && session.status.hasRefreshToken)
    await server.stop()
}

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
