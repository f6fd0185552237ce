import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// From the first URL to the token, at each provider as strict as it may be.
@Suite(.timeLimit(.minutes(5)))
struct SigningInTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let provider: ProviderSandbox.Provider

        static let all = [
            Self(testDescription: "WeTix", provider: .weTix),
            Self(testDescription: "Revenue Monster", provider: .revenueMonster),
            Self(testDescription: "Tiki", provider: .tiki),
            Self(testDescription: "Tiki, body", provider: .tiki(authentication: .body)),
        ]
    }

    private static let back = "https://app.example/callback"

    private func person(
        _ sandbox: ProviderSandbox,
        scopes: [String] = ["order"],
        store: any TokenStore = InMemoryTokenStore(),
        _ log: Log = Log()
    )
        throws -> TokenSession
    {
        sandbox.session(
            identity: .user(try Account("merchant-42"), scopes: scopes),
            store: store,
            onEvent: { log.append($0) }
        )
    }

    private func signIn(_ session: TokenSession, _ sandbox: ProviderSandbox, _ consent: SandboxConsent = .grant)
        async throws
    {
        let attempts = SignInAttempts(clock: sandbox.clock)
        let attempt = try await session.beginSignIn(redirectURI: Self.back)
        try await attempts.keep(attempt)
        let callback = try sandbox.signIn(at: attempt.url, consent)
        try await session.finishSignIn(attempts.take(for: callback), callback: callback)
    }

    @Test(arguments: Sample.all)
    func `A person signs in, and nobody finds fault with a request`(_ sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider)
        sandbox.redirectURIs = [Self.back]
        let session = try person(sandbox)
        try await signIn(session, sandbox)
        let token = try await session.accessToken()
        #expect(token.scopes.contains("order"))
        #expect(sandbox.complaints == [])
        #expect(sandbox.counters.tokenRequests == 1)
        #expect(session.status.hasRefreshToken)
        #expect(session.status.missingScopes == [])
        _ = try await session.renew()
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 0)
    }

    @Test(arguments: Sample.all)
    func `A person who says no is not signed in, and nothing is exchanged`(_ sample: Sample) async throws {
        let sandbox = ProviderSandbox(sample.provider)
        let session = try person(sandbox)
        let error = await #expect(throws: TokenError.self) { try await signIn(session, sandbox, .decline) }
        #expect(error?.code == .signInDeclined)
        let later = await #expect(throws: TokenError.self) { try await signIn(session, sandbox, .fail("server_error")) }
        #expect(later?.isTransient == true)
        #expect(sandbox.counters.tokenRequests == 0)
    }

    @Test func `A code with another verifier, or without, is turned away by Tiki`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = try person(sandbox)
        let attempt = try await session.beginSignIn(redirectURI: Self.back)
        for verifier in [nil, Secret("another-verifier-another-verifier-another-1")] {
            let callback = try sandbox.signIn(at: attempt.url)
            let code = Secret(callback.parameters["code"] ?? "")
            let error = await #expect(throws: TokenError.self) {
                try await session.signIn(with: .authorizationCode(code, redirectURI: Self.back, codeVerifier: verifier))
            }
            #expect(error?.refusal?.code == "invalid_grant")
        }
    }

    @Test func `A code whose answer is lost is not sent again`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = try person(sandbox)
        sandbox.failNext(.lostAnswer, at: .tokenEndpoints)
        await #expect(throws: TokenError.self) { try await signIn(session, sandbox) }
        #expect(sandbox.counters.tokenRequests == 1)
        #expect(sandbox.counters.reuses == 0)
    }

    @Test func `Fewer scopes than asked for are an event and a property, and no error`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let log = Log()
        let session = try person(sandbox, scopes: ["order", "product"], log)
        try await signIn(session, sandbox, .grantOnly(["order", "offline"]))
        #expect(try await session.accessToken().scopes.sorted() == ["offline", "order"])
        #expect(session.status.missingScopes == ["product"])
        _ = try await session.renew()
        #expect(log.count(of: .scopesReduced) == 1, "once is enough")
        #expect(log.events.first { $0.name == .scopesReduced }?.metadata["missing"] == "product")
    }

    @Test func `A session whose refresh token is dead says so once, and still knows it after a restart`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let store = InMemoryTokenStore()
        let log = Log()
        try await signIn(person(sandbox, store: store, log), sandbox)
        sandbox.revokeRefreshTokens()
        sandbox.advance(by: .seconds(1_300_000))
        for _ in 0..<3 {
            let session = try person(sandbox, store: store, log)
            for _ in 0..<2 {
                let error = await #expect(throws: TokenError.self) { try await session.accessToken() }
                #expect(error?.code == .signInRequired)
                sandbox.advance(by: .seconds(40))
            }
            #expect(session.status.standing == .signInRequired)
        }
        #expect(log.count(of: .signInRequired) == 1)
        #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 1, "a dead token is not sent again")
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 0)
        let session = try person(sandbox, store: store, log)
        try await signIn(session, sandbox)
        #expect(session.status.standing == .working)
    }

    @Test func `A sign-in is told once, and not again by renewals, failures and restarts`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let store = InMemoryTokenStore()
        let log = Log()
        let session = try person(sandbox, store: store, log)
        await #expect(throws: TokenError.self) { try await signIn(session, sandbox, .decline) }
        #expect(log.count(of: .signedIn) == 0)
        try await signIn(session, sandbox)
        #expect(log.count(of: .signedIn) == 1)
        _ = try await session.renew()
        _ = try await person(sandbox, store: store, log).accessToken()
        #expect(log.count(of: .signedIn) == 1)
        try await signIn(session, sandbox)
        #expect(log.count(of: .signedIn) == 2)
    }

    @Test func `A public client signs in by its id and PKCE alone`() async throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: try OAuthDialectsTests.Sample.url("https://sandbox.example/token"),
            apiHosts: ["sandbox.example"],
            authorizationEndpoint: try OAuthDialectsTests.Sample.url("https://sandbox.example/authorize"),
            conventions: WireConventions {
                $0.request.clientAuthentication = .publicClient
            }
        )
        let sandbox = ProviderSandbox(.speaking(dialect), credentials: ClientCredentials(id: "app"))
        let session = try person(sandbox)
        try await signIn(session, sandbox)
        #expect(session.status.standing == .working)
        let code = try sandbox.signIn(at: await session.beginSignIn(redirectURI: Self.back).url)
        let stolen = Grant.authorizationCode(
            Secret(code.parameters["code"] ?? ""),
            redirectURI: Self.back,
            codeVerifier: nil
        )
        await #expect(throws: TokenError.self) { try await session.signIn(with: stolen) }
        #expect(sandbox.counters.tokenRequests == 2)
    }

    @Test func `An id token is kept as it came, across a restart, and never shown`() async throws {
        let provider = StubProvider { _ in
            .json(200, #"{"access_token":"a","expires_in":3600,"refresh_token":"r","id_token":"id-token-canary"}"#)
        }
        let store = InMemoryTokenStore()
        let identity = Identity.user(try Account("ann"))
        let rig = Rig(dialect: .tiki(.production), identity: identity, provider: provider, store: store)
        #expect(rig.session.idToken == nil)
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        #expect(rig.session.idToken?.revealed == "id-token-canary")
        let again = Rig(
            dialect: .tiki(.production),
            identity: identity,
            clock: rig.clock,
            provider: provider,
            store: store
        )
        _ = try await again.token
        #expect(again.session.idToken?.revealed == "id-token-canary")
        Printed(try #require(await again.record())).lacks(["id-token-canary"])
        try await again.session.signOut()
        #expect(again.session.idToken == nil)
    }

    @Test func `A client's own session signs nobody in`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let error = await #expect(throws: TokenError.self) {
            try await sandbox.session().beginSignIn(redirectURI: Self.back)
        }
        #expect(error?.code == .invalidRequest)
    }
}
