import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct LadderTests {
    @Test func `A person's session can't be signed in as the application`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        let error = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: .clientCredentials()) }
        #expect(error?.code == .invalidRequest)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `A sign-in that fails is no answer to who waits for a token`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        try await rig.session.signIn(with: .refreshToken(try RefreshToken("refresh-0")))
        rig.clock.advance(by: .hours(2))
        let gate = Latch()
        rig.provider.answer { call in
            guard call.grantType == "authorization_code" else { return .tokens("access-\(call.number)") }
            await gate.passes()
            return .refused("invalid_grant")
        }
        let signIn = Task {
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        }
        await rig.provider.received(2)
        let caller = Task { try await rig.token }
        await rig.waiting(2)
        gate.open()
        let error = await #expect(throws: TokenError.self) { try await signIn.value }
        #expect(error?.refusal?.code == "invalid_grant")
        #expect(try await caller.value == "access-3")
    }

    @Test func `A client renews by its refresh token`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.grantTypes == ["client_credentials", "refresh_token"])
        #expect(rig.provider.calls[1].refreshToken == "refresh-1")
    }

    @Test(arguments: ["invalid_grant", "something_new", "unauthorized_client"])
    func `A refresh that is refused is followed by authenticating again in the same call`(_ code: String) async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { $0.grantType == "refresh_token" ? .refused(code) : .tokens("access-\($0.number)") }
        #expect(try await rig.token == "access-3")
        #expect(rig.provider.grantTypes == ["client_credentials", "refresh_token", "client_credentials"])
    }

    @Test func `A refresh token that is known to be dead is not sent again`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.provider.answer {
            $0.grantType == "refresh_token" ? .refused("invalid_grant") : .tokens("access-\($0.number)")
        }
        for _ in 0..<3 {
            rig.clock.advance(by: .hours(2))
            _ = try await rig.token
        }
        #expect(rig.provider.grantTypes.count { $0 == "refresh_token" } == 1)
    }

    @Test func `A refresh token that is over is not sent`() async throws {
        let rig = Rig()
        rig.provider.answer { .tokens("access-\($0.number)", refresh: "refresh-\($0.number)", refreshLifetime: 5000) }
        _ = try await rig.token
        rig.clock.advance(by: .seconds(5001))
        _ = try await rig.token
        #expect(rig.provider.grantTypes == ["client_credentials", "client_credentials"])
    }

    @Test func `An answer without a refresh token keeps the old one`() async throws {
        let rig = Rig()
        rig.provider.answer { .tokens("access-\($0.number)", refresh: $0.number == 1 ? "the-one" : nil) }
        for _ in 0..<4 {
            _ = try await rig.token
            rig.clock.advance(by: .hours(2))
        }
        #expect(rig.provider.calls.dropFirst().map(\.refreshToken) == ["the-one", "the-one", "the-one"])
    }

    @Test
    func `A lost answer to a refresh is never followed by the same refresh token where the client can authenticate`()
        async throws
    {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            if call.grantType == "refresh_token" { throw WireFailure(.connectionLost, mayHaveArrived: true) }
            return .tokens("access-\(call.number)")
        }
        #expect(try await rig.token == "access-3")
        rig.clock.advance(by: .hours(2))
        _ = try await rig.token
        #expect(rig.provider.calls.count { $0.refreshToken == "refresh-1" } == 1)
    }

    @Test func `A refresh that never left is tried again with the same refresh token`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            if call.number == 2 { throw WireFailure(.notConnected, mayHaveArrived: false) }
            return .tokens("access-\(call.number)")
        }
        let caller = Task { try await rig.token }
        await rig.clock.drain(until: { rig.provider.calls.count == 3 })
        #expect(try await caller.value == "access-3")
        #expect(rig.provider.calls[2].refreshToken == "refresh-1")
    }

    @Test func `A user's refresh token whose answer was lost is presented until the provider answers`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { _ in throw WireFailure(.connectionLost, mayHaveArrived: true) }
        #expect(await rig.failure()?.code == .unavailable)
        for _ in 0..<5 {
            rig.clock.advance(by: .hours(1))
            #expect(await rig.failure()?.code == .unavailable)
        }
        #expect(rig.log.count(of: .signInRequired) == 0)
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .hours(1))
        #expect(try await rig.outcome().get().value.revealed.hasPrefix("access-"))
        #expect(Set(rig.provider.calls.compactMap(\.refreshToken)) == ["refresh-1"])
    }

    @Test func `A user's session is never continued as the client's own`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        try await rig.session.signIn(
            with: .authorizationCode("code", redirectURI: "https://app.example/", codeVerifier: nil)
        )
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { $0.grantType == "client_credentials" ? .tokens("wrong") : .refused("invalid_grant") }
        #expect(await rig.failure()?.code == .signInRequired)
        #expect(rig.provider.grantTypes == ["authorization_code", "refresh_token"])
        #expect(rig.log.count(of: .signInRequired) == 1)
    }

    @Test func `A user's refresh that is refused early is tried once more at the token's end`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.provider.answer { _ in .refused("invalid_grant") }
        rig.clock.advance(by: .seconds(3500))
        #expect(try await rig.token == "access-1")
        await rig.provider.received(2)
        await rig.settled()
        for _ in 0..<90 {
            rig.clock.advance(by: .seconds(1))
            #expect(try await rig.token == "access-1")
        }
        #expect(rig.provider.calls.count == 2, "not again before the token's end")
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .seconds(305))
        #expect(try await rig.token == "access-3")
    }

    @Test func `An authorization code is never sent twice`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        rig.provider.answer { _ in throw WireFailure(.timedOut, mayHaveArrived: true) }
        let signIn = Task {
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        }
        let error = await #expect(throws: TokenError.self) { try await signIn.value }
        #expect(error?.code == .unavailable)
        _ = await rig.failure()
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `Tiki authenticates again, because it gives a client no refresh token`() async throws {
        let rig = Rig(dialect: .tiki(.production))
        rig.provider.answer { .tokens("access-\($0.number)") }
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.grantTypes == ["client_credentials", "client_credentials"])
    }

    @Test func `Refresh tokens are ignored where the policy says so`() async throws {
        var policy = RenewalPolicy.standard
        policy.refreshTokens = .ignore
        let rig = Rig(policy: policy)
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        _ = try await rig.token
        #expect(rig.provider.grantTypes == ["client_credentials", "client_credentials"])
    }

    @Test func `A rotated client secret needs no restart and fails no call`() async throws {
        let vault = Vault(ClientCredentials(id: "client", secret: "old"))
        let rig = Rig(credentials: vault)
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            let isNew = call.request.headers["Authorization"] == "Basic Y2xpZW50Om5ldw=="
            if !isNew { vault.put(ClientCredentials(id: "client", secret: "new")) }
            return isNew ? .tokens("access-\(call.number)") : .json(401, #"{"error":"invalid_client"}"#)
        }
        #expect(try await rig.token.hasPrefix("access-"))
    }

    @Test func `A signed assertion is made anew for each exchange`() async throws {
        let made = Counter()
        let identity = Identity.assertion(named: "assertion") { _ in
            made.increment()
            return .other(type: "urn:ietf:params:oauth:grant-type:jwt-bearer", fields: [("assertion", "signed")])
        }
        let dialect = StandardDialect(name: "acme", tokenEndpoint: .acme, apiHosts: ["api.acme.example"])
        let rig = Rig(dialect: dialect, identity: identity)
        rig.provider.answer { .tokens("access-\($0.number)") }
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        _ = try await rig.token
        #expect(made.count == 2)
        #expect(rig.provider.calls.allSatisfy { $0.fields["assertion"] == "signed" })
    }
}

/// A source of credentials that change.
final class Vault: CredentialsSource {
    private let current: Locked<ClientCredentials>

    init(_ credentials: ClientCredentials) { current = Locked(credentials) }

    func put(_ credentials: ClientCredentials) { current.withLock { $0 = credentials } }

    func credentials() async throws -> ClientCredentials { current.withLock { $0 } }
}

extension URL {
    static let acme = URL(string: "https://auth.acme.example/token")!
}
