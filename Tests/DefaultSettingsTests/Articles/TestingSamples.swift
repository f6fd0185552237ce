import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of the article on testing, word for word; most of it runs.

@Test func orders() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
    let session = sandbox.session()
    let request = URLRequest(url: sandbox.url("/v3/orders"))
    let (data, _) = try await session.data(for: request)
    #expect(String(decoding: data, as: UTF8.self) == #"{"items":[]}"#)
    #expect(sandbox.complaints == [])
}

@Test func payment() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    let bodies = Mutex<[String]>([])
    sandbox.stub("POST", "/v3/payments") { request in
        let body = request.body?.data ?? Data()
        let text = String(decoding: body, as: UTF8.self)
        bodies.withLock { $0.append(text) }
        return WireResponse(
            status: 201,
            headers: ["Content-Type": "application/json"],
            body: Data(#"{"id":"P-1"}"#.utf8)
        )
    }
    let session = sandbox.session()
    var request = URLRequest(url: sandbox.url("/v3/payments"))
    request.httpMethod = "POST"
    request.httpBody = Data(#"{"amount":150}"#.utf8)
    let (_, response) = try await session.data(for: request)
    let sent = bodies.withLock { $0 }
    #expect(response.statusCode == 201)
    #expect(sent == [#"{"amount":150}"#])
}

@Test func time() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    let session = sandbox.session()
    sandbox.accessTokenLifetime = .seconds(600)
    _ = try await session.accessToken()
    sandbox.advance(by: .seconds(601))
    _ = try await session.accessToken()
    #expect(sandbox.counters.tokenRequests == 2)
}

@Test func speaking() async throws {
    let provider = ProviderSandbox.Provider.speaking(
        AcmeDialect(),
        extras: ["instance_url": "https://shop.acme.example"],
        objection: { request in
            request.headers["X-Signature"] == nil ? "There is no signature." : nil
        }
    )
    let sandbox = ProviderSandbox(provider)
    await #expect(throws: TokenError.self) { try await sandbox.session().accessToken() }
    #expect(sandbox.complaints == ["There is no signature."])
}

private func faults(_ sandbox: ProviderSandbox) {
    sandbox.revokeAccessTokens()
    sandbox.failNext(.lostAnswer, at: .tokenEndpoints)
    sandbox.fail(with: .badGateway, at: .tokenEndpoints)
    sandbox.failNext(.tooManyRequests(retryAfter: .seconds(30)))
    sandbox.holdAnswers()
    sandbox.recover()
}

private func plans(_ sandbox: ProviderSandbox) {
    sandbox.follow(.script(.reset, nil, .badGateway))
    sandbox.follow(.rate(0.2, seed: 7).at(.tokenEndpoints))
}

@Test func outage() async throws {
    let sandbox = ProviderSandbox(.weTix)
    let session = sandbox.session()
    let token = try await session.accessToken()
    sandbox.fail(with: .serviceUnavailable, at: .tokenEndpoints)
    let served = try await session.accessToken()
    #expect(served == token)
}

@Test func firstOutage() async throws {
    let clock = TestClock()
    let sandbox = ProviderSandbox(.weTix, clock: clock)
    sandbox.fail(with: .serviceUnavailable, at: .tokenEndpoints)
    let session = sandbox.session()
    let call = Task { try await session.accessToken() }
    try await clock.waitForSleepers()
    clock.advance(by: .seconds(10))
    let error = await #expect(throws: TokenError.self) { try await call.value }
    #expect(error?.action == .retry)
}

@Test func signingIn() async throws {
    let sandbox = ProviderSandbox(.tiki)
    let seller = Identity.user(try Account("seller-7"), scopes: ["order"])
    let session = sandbox.session(identity: seller)
    let attempt = try await session.beginSignIn(
        redirectURI: "https://app.example/callback/tiki"
    )
    let callback = try sandbox.signIn(at: attempt.url)
    try await session.finishSignIn(attempt, callback: callback)
    #expect(session.status.standing == .working)
}

private func serve() async throws {
    let sandbox = ProviderSandbox(.tiki, clock: .system)
    let server = try await sandbox.serve()
    let session = sandbox.session(
        at: server.url,
        transport: .system
    )
    _ = session
}

@Test func `The test of an app takes five lines`() async throws {
    let sandbox = ProviderSandbox(.revenueMonster)
    sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
    let session = sandbox.session()
    let request = URLRequest(url: sandbox.url("/v3/orders"))
    let (data, _) = try await session.data(for: request)
    #expect(String(decoding: data, as: UTF8.self) == #"{"items":[]}"#)
}
