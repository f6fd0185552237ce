import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Sequences of faults that a simulation found, each as short as it can be.
@Suite(.timeLimit(.minutes(5)))
struct FaultSequenceTests {
    private func user(_ provider: StubProvider = StubProvider(), store: any TokenStore = InMemoryTokenStore())
        async throws
        -> Rig
    {
        let rig = Rig(identity: .user(try Account("ann")), provider: provider, store: store)
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        return rig
    }

    private func put(_ record: TokenRecord, in rig: Rig) async throws {
        try await rig.store.update(rig.key) { try await $0.save(record) }
    }

    @Test func `A lost refresh token stays lost when authenticating fails after it`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            if call.grantType == "refresh_token" { throw WireFailure(.connectionLost, mayHaveArrived: true) }
            return .json(503, "{}")
        }
        #expect(await rig.failure()?.code == .unavailable)
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .seconds(300))
        #expect(try await rig.outcome().get().value.revealed.hasPrefix("access-"))
        #expect(rig.provider.calls.count { $0.refreshToken == "refresh-1" } == 1)
    }

    @Test func `A fault of the endpoint is no reason to ask a person to sign in`() async throws {
        let rig = try await user()
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { _ in WireResponse(status: 302, headers: ["Location": "https://portal.example/"]) }
        #expect(await rig.failure()?.code == .redirected)
        #expect(rig.session.status.standing != .signInRequired)
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .seconds(300))
        #expect(try await rig.token == "access-3")
    }

    @Test func `A newer record of no use takes nothing away`() async throws {
        let rig = Rig()
        _ = try await rig.token
        let date = rig.clock.date.addingTimeInterval(-100)
        try await put(
            TokenRecord(generation: 5, id: "other", accessToken: "over", requestedAt: date, lifetime: .seconds(1)),
            in: rig
        )
        rig.provider.answer { _ in .json(503, "{}") }
        rig.clock.advance(by: .seconds(3440))
        #expect(try await rig.token == "access-1")
        await rig.clock.drain(until: { !rig.session.status.isRenewing })
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
    }

    @Test func `A token that was over when it arrived does not replace one that works`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.provider.answer { .tokens("access-\($0.number)", lifetime: 0, refresh: "refresh-\($0.number)") }
        rig.clock.advance(by: .seconds(3440))
        #expect(try await rig.token == "access-1")
        await rig.provider.received(2)
        await rig.settled()
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
        #expect(await rig.record()?.refreshToken?.value.revealed == "refresh-2")
    }

    @Test func `A sign-in that finds a tombstone and is refused leaves the session signed out`() async throws {
        let rig = try await user()
        try await put(
            TokenRecord(generation: 9, id: "other", accessToken: nil, requestedAt: rig.clock.date),
            in: rig
        )
        rig.provider.answer { _ in .refused("invalid_grant") }
        await #expect(throws: TokenError.self) {
            try await rig.session.signIn(with: .authorizationCode("bad", redirectURI: nil, codeVerifier: nil))
        }
        #expect(await rig.failure()?.code == .signedOut)
        #expect(rig.session.currentAccessToken == nil)
    }

    @Test func `A sign-in makes nothing of another process usable before the provider has answered`() async throws {
        let rig = try await user()
        try await rig.session.signOut()
        try await put(
            TokenRecord(generation: 9, id: "other", accessToken: "theirs", requestedAt: rig.clock.date),
            in: rig
        )
        rig.provider.answer { _ in .refused("invalid_grant") }
        await #expect(throws: TokenError.self) {
            try await rig.session.signIn(with: .authorizationCode("bad", redirectURI: nil, codeVerifier: nil))
        }
        #expect(rig.session.currentAccessToken == nil)
    }

    @Test func `Once more at its end is at its end, not at the margin before it`() async throws {
        let rig = try await user()
        rig.provider.answer { _ in .refused("invalid_grant") }
        rig.clock.advance(by: .seconds(3500))
        #expect(try await rig.token == "access-1")
        await rig.provider.received(2)
        await rig.settled()
        rig.clock.advance(by: .seconds(96))
        rig.provider.answer { .tokens("access-\($0.number)") }
        let asked = rig.clock.now
        #expect(try await rig.outcome().get().value.revealed == "access-3")
        #expect(rig.clock.now - asked >= .seconds(8), "it waits for the end and the five seconds after it")
    }

    @Test func `A wish to be asked again at once is no reason to do without a pause`() async throws {
        let rig = Rig()
        rig.provider.answer { _ in .json(429, "{}", headers: ["Retry-After": "0"]) }
        let caller = Task { try await rig.session.accessToken() }
        await rig.provider.received(1)
        for _ in 0..<1000 { await Task.yield() }
        #expect(rig.provider.calls.count == 1)
        caller.cancel()
        _ = await caller.result
    }

    @Test func `A fixed refresh token whose answer was lost is presented again in the same renewal`() async throws {
        let conventions = WireConventions {
            $0.refreshTokenRotation = .reusable
        }
        let rig = Rig(dialect: Sample.standard(conventions), identity: .user(try Account("ann")))
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { call in
            if call.number == 2 { throw WireFailure(.connectionLost, mayHaveArrived: true) }
            return .tokens("access-\(call.number)")
        }
        #expect(try await rig.outcome().get().value.revealed == "access-3")
    }

    @Test func `What could not be saved is saved although renewals fail in between`() async throws {
        let store = FailingStore()
        let rig = Rig(store: store)
        _ = try await rig.token
        rig.provider.answer { _ in .json(503, "{}") }
        let renewal = Task { try? await rig.session.renew() }
        await rig.clock.drain(until: { !rig.session.status.isRenewing && rig.provider.calls.count > 1 })
        _ = await renewal.value
        store.mend()
        await rig.clock.drain(until: { !rig.session.status.isUnsaved }, by: .seconds(1))
        #expect(await rig.record()?.accessToken?.revealed == "access-1")
    }

    @Test func `The rejection of a token that is over is no rejection`() async throws {
        let rig = Rig()
        let first = try await rig.session.accessToken()
        rig.clock.advance(by: .hours(2))
        rig.session.invalidate(first)
        #expect(rig.log.count(of: .tokenRejected) == 0)
        let second = try await rig.session.accessToken()
        rig.session.invalidate(second)
        #expect(try await rig.token == "access-3", "nothing was in doubt before")
    }
}
