import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What users' own unit tests look like.
@Suite(.timeLimit(.minutes(5)))
struct SandboxSessionTests {
    @Test func `Revenue Monster, in four lines`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster)
        sandbox.stub("GET", "/v3/orders", json: #"{"items":[]}"#)
        let session = sandbox.session()
        let (data, response) = try await session.data(for: URLRequest(url: sandbox.url("/v3/orders")))

        #expect(response.statusCode == 200 && String(decoding: data, as: UTF8.self) == #"{"items":[]}"#)
        sandbox.revokeAccessTokens()
        #expect(try await session.data(for: URLRequest(url: sandbox.url("/v3/orders"))).1.statusCode == 200)
        #expect(sandbox.counters.tokenRequests == 2)
        #expect(sandbox.counters.rejections == 1)
        #expect(sandbox.complaints == [])
    }

    @Test(arguments: Sample.all)
    func `A token is acquired, replaced when it is revoked, and got anew when it is over`(sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider)
        sandbox.stub("GET", "/things", json: "[]")
        sandbox.accessTokenLifetime = .seconds(3600)
        let session = sandbox.session()
        let request = WireRequest("GET", sandbox.url("/things"))

        #expect(try await session.send(request).status == 200)
        #expect(try await session.send(request).status == 200)
        #expect(sandbox.counters.tokenRequests == 1)
        sandbox.revokeAccessTokens()
        #expect(try await session.send(request).status == 200)
        #expect(sandbox.counters.tokenRequests == 2)
        sandbox.advance(by: .seconds(3600))
        #expect(try await session.send(request).status == 200)
        #expect(sandbox.counters.tokenRequests == 3)
        #expect(sandbox.counters.tokenRequests(of: "refresh_token") == (sample.refreshes ? 2 : 0))
        #expect(sandbox.counters.misuses == 0)
    }

    @Test(arguments: Sample.all)
    func `A dead refresh token is passed over within the call`(sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider)
        sandbox.stub("GET", "/things", json: "[]")
        let session = sandbox.session()
        let request = WireRequest("GET", sandbox.url("/things"))
        #expect(try await session.send(request).status == 200)
        sandbox.revokeAccessTokens()
        sandbox.revokeRefreshTokens()
        #expect(try await session.send(request).status == 200)
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 2)
        #expect(sandbox.counters.tokenRefusals == (sample.refreshes ? 1 : 0))
    }

    @Test(arguments: Sample.all)
    func `A person's session refreshes, and asks them to sign in again when that ends`(sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider)
        let session = sandbox.session(identity: .user(try Account("merchant-1")))
        try await session.signIn(with: sandbox.issueCode(scopes: ["order", "offline"]))
        let first = try await session.accessToken()
        #expect(Set(first.scopes) == (sample.tellsScopes ? ["order", "offline"] : []))
        #expect(try await session.renew() != first)
        sandbox.revokeRefreshTokens()
        let early = await #expect(throws: TokenError.self) { try await session.renew() }
        #expect(early?.code == .refused, "the token works: nobody has to sign in yet")
        sandbox.advance(by: .seconds(90 * 86400))
        let failure = await #expect(throws: TokenError.self) { try await session.accessToken() }
        #expect(failure?.code == .signInRequired)
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 0)
    }

    @Test func `Tiki gives a refresh token for offline alone`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = sandbox.session(identity: .user(try Account("seller")))
        try await session.signIn(with: sandbox.issueCode(scopes: ["order"]))
        #expect(!session.status.hasRefreshToken)
    }

    @Test func `A code is good once, and its second use revokes what it yielded`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        sandbox.stub("GET", "/things", json: "[]")
        let session = sandbox.session(identity: .user(try Account("seller")))
        let code = sandbox.issueCode()
        try await session.signIn(with: code)
        let thief = sandbox.session(identity: .user(try Account("thief")))
        await #expect(throws: TokenError.self) { try await thief.signIn(with: code) }
        #expect(sandbox.counters.reuses == 1)
        #expect(try await session.send(WireRequest("GET", sandbox.url("/things"))).status == 401)
    }

    @Test func `An answer is kept back until it is released`() async throws {
        let sandbox = ProviderSandbox(.weTix)
        let session = sandbox.session()
        sandbox.holdAnswers()
        async let token = session.accessToken()
        try await sandbox.counters { $0.tokensIssued == 1 }
        #expect(session.currentAccessToken == nil)
        sandbox.releaseAnswers()
        #expect(try await token == session.currentAccessToken)
    }
}

/// A provider, and what is to be expected of it.
struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let provider: ProviderSandbox.Provider
    let path: String
    var refreshes = true
    var tellsScopes = false

    static let all = [
        Self(testDescription: "WeTix", provider: .weTix, path: "/auth/token"),
        Self(testDescription: "Revenue Monster", provider: .revenueMonster, path: "/v1/token"),
        Self(testDescription: "Tiki", provider: .tiki, path: "/sc/oauth2/token", refreshes: false, tellsScopes: true),
        Self(
            testDescription: "Tiki, body",
            provider: .tiki(authentication: .body),
            path: "/sc/oauth2/token",
            refreshes: false,
            tellsScopes: true
        ),
    ]
}
