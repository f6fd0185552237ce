import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SigningOutTests {
    @Test func `Signing out clears memory and store, and only signing in passes it`() async throws {
        let rig = Rig()
        _ = try await rig.token
        try await rig.session.signOut()
        #expect(rig.session.currentAccessToken == nil)
        let failure = await rig.failure()
        #expect(failure?.code == .signedOut)
        #expect(failure?.message == "wetix: The session was signed out.")
        let record = await rig.record()
        #expect(record?.isTombstone == true)
        try await rig.session.signIn(with: .clientCredentials())
        #expect(try await rig.token == "access-2")
    }

    @Test func `Signing out in the middle of an exchange answers its callers and brings nothing back`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let callers = await rig.queue(3)
        await rig.provider.received(1)
        let signOut = Task { try await rig.session.signOut() }
        for caller in callers {
            let error = await #expect(throws: TokenError.self) { try await caller.value }
            #expect(error?.code == .signedOut)
        }
        gate.open()
        _ = try await signOut.value
        #expect(rig.session.currentAccessToken == nil)
        #expect(await rig.record()?.isTombstone == true)
        #expect(await rig.failure()?.code == .signedOut)
    }

    @Test func `A task that is cancelled already signs out all the same`() async throws {
        let rig = Rig()
        _ = try await rig.token
        let gate = Latch()
        let signOut = Task {
            await gate.passes()
            return try await rig.session.signOut()
        }
        signOut.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await signOut.value }
        await rig.settled()
        #expect(rig.session.currentAccessToken == nil)
        #expect(rig.session.status.standing == .signedOut)
        #expect(await rig.record()?.isTombstone == true)
    }

    @Test func `A session that was signed out serves what another one's sign-in stored`() async throws {
        let rig = Rig()
        _ = try await rig.token
        try await rig.session.signOut()
        let other = Rig(clock: rig.clock, provider: rig.provider, store: rig.store)
        try await other.session.signIn(with: .clientCredentials())
        #expect(try await rig.token == "access-2")
        #expect(rig.session.currentAccessToken?.value == "access-2")
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `Another session that finds the tombstone drops its tokens`() async throws {
        let rig = Rig()
        _ = try await rig.token
        let other = Rig(clock: rig.clock, provider: rig.provider, store: rig.store)
        _ = try await other.token
        try await rig.session.signOut()
        rig.clock.advance(by: .hours(2))
        #expect(await other.failure()?.code == .signedOut)
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `A session that has asked for nothing yet revokes what is stored`() async throws {
        let dialect = WeTixDialect(.sandbox).overriding {
            $0.revocationEndpoint = URL(string: "https://sb-oauth.wetix.my/revoke")!
        }
        let rig = Rig(dialect: dialect)
        _ = try await rig.token
        let other = Rig(dialect: dialect, clock: rig.clock, provider: rig.provider, store: rig.store)
        try await other.session.signOut(revoking: true)
        #expect(rig.provider.calls.count == 2)
        #expect(rig.provider.calls.last?.request.url.path == "/revoke")
        #expect(rig.provider.calls.last?.fields["token"] == "refresh-1")
    }

    @Test func `Revoking tells the provider where it documents how`() async throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: .acme,
            apiHosts: ["api.acme.example"],
            revocationEndpoint: URL(string: "https://auth.acme.example/revoke")!
        )
        let rig = Rig(dialect: dialect)
        _ = try await rig.token
        try await rig.session.signOut(revoking: true)
        let call = try #require(rig.provider.calls.last)
        #expect(call.request.url.path == "/revoke")
        #expect(call.fields == ["token": "refresh-1", "token_type_hint": "refresh_token"])
    }

    @Test func `An imported refresh token begins a session, and is kept where the answer omits it`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        rig.provider.answer { .tokens("access-\($0.number)") }
        try await rig.session.signIn(with: .refreshToken(try RefreshToken("imported")))
        #expect(try await rig.token == "access-1")
        rig.clock.advance(by: .hours(2))
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.calls.map(\.refreshToken) == ["imported", "imported"])
    }

    @Test func `A sign-in that fails leaves what was in hand`() async throws {
        let rig = Rig(identity: .user(try Account("ann")))
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.provider.answer { _ in .refused("invalid_grant") }
        await #expect(throws: TokenError.self) {
            try await rig.session.signIn(with: .authorizationCode("again", redirectURI: nil, codeVerifier: nil))
        }
        #expect(try await rig.token == "access-1")
    }
}
