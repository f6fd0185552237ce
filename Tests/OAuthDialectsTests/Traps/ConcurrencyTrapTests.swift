import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.tags(.trap), .timeLimit(.minutes(5)))
struct ConcurrencyTrapTests {
    // Trap 18.
    @Test func `A hundred callers spend a rotating refresh token once, and the family lives`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = sandbox.session(identity: .user(try Account("seller")))
        try await session.signIn(with: sandbox.issueCode(scopes: ["order", "offline"]))
        for _ in 0..<5 {
            sandbox.advance(by: .hours(24 * 16))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = try await session.accessToken() } }
                try await group.waitForAll()
            }
        }
        #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 5)
        #expect(sandbox.counters.reuses == 0)
    }

    // Trap 19.
    @Test func `A provider that hangs makes no other provider wait`() async throws {
        let clock = TestClock()
        let gate = Latch()
        let hanging = Rig(
            clock: clock,
            provider: StubProvider { _ in
                await gate.passes()
                return .tokens("late")
            }
        )
        let caller = Task { try await hanging.token }
        await hanging.provider.received(1)
        for dialect: any ProviderDialect in [.revenueMonster(.sandbox), .tiki(.production), .weTix(.production)] {
            #expect(try await Rig(dialect: dialect, clock: clock, store: hanging.store).token == "access-1")
        }
        gate.open()
        #expect(try await caller.value == "late")
    }

    // Trap 20.
    @Test func `The first caller's cancellation is its own, and a dead server holds nobody for ever`() async throws {
        let rig = Rig(
            provider: StubProvider { _ in
                try await hang()
            }
        )
        let callers = await rig.queue(2)
        callers[0].cancel()
        await #expect(throws: CancellationError.self) { try await callers[0].value }
        #expect(rig.session.status.waitingCallers == 1)
        await rig.clock.drain(until: { rig.session.status.waitingCallers == 0 }, by: .seconds(1))
        await #expect(throws: TokenError.self) { try await callers[1].value }
    }

    // Trap 21.
    @Test func `Fifty late 401s of an old token throw away no fresh one`() async throws {
        let rig = Rig()
        let old = try await rig.session.accessToken()
        _ = try await rig.session.renew()
        for _ in 0..<50 {
            let answer = try await rig.session.withAccessToken { token in
                rig.session.invalidate(old)
                return TokenSession.Attempt.accepted(token.value.revealed)
            }
            #expect(answer == "access-2")
        }
        #expect(rig.provider.calls.count == 2)
    }

    // Trap 22.
    @Test func `Two processes that share a store spend a rotating refresh token once`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let store = InMemoryTokenStore()
        let workers = try (0..<6).map { _ in
            sandbox.session(identity: .user(try Account("seller")), store: store)
        }
        try await workers[0].signIn(with: sandbox.issueCode(scopes: ["offline"]))
        for _ in 0..<5 {
            sandbox.advance(by: .hours(24 * 16))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in workers { group.addTask { _ = try await worker.accessToken() } }
                try await group.waitForAll()
            }
        }
        #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 5)
        #expect(sandbox.counters.reuses == 0)
    }

    // Trap 23.
    @Test func `A refresh that ends after signing out brings nothing back`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let callers = await rig.queue()
        await rig.provider.received(2)
        let signOut = Task { try await rig.session.signOut() }
        await #expect(throws: TokenError.self) { try await callers[0].value }
        gate.open()
        _ = try await signOut.value
        #expect(rig.session.currentAccessToken == nil)
        #expect(await rig.record()?.accessToken == nil)
    }

    // Trap 24.
    @Test func `Sandbox and production, two clients and two accounts of one store never mix`() async throws {
        let store = InMemoryTokenStore()
        let clock = TestClock()
        let sandbox = Rig(dialect: .revenueMonster(.sandbox), clock: clock, store: store)
        let production = Rig(dialect: .revenueMonster(.production), clock: clock, store: store)
        production.provider.answer { _ in .tokens("production") }
        let other = Rig(
            dialect: .revenueMonster(.sandbox),
            credentials: ClientCredentials(id: "other", secret: "s3cret"),
            clock: clock,
            store: store
        )
        other.provider.answer { _ in .tokens("other") }
        #expect(try await sandbox.token == "access-1")
        #expect(try await production.token == "production")
        #expect(try await other.token == "other")
    }

    // Trap 28.
    @Test func `A refresh that fails for the moment is not followed by the client's own grant`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .hours(2))
        rig.provider.answer { _ in .json(503, "{}") }
        #expect(await rig.failure()?.code == .unavailable)
        #expect(rig.provider.grantTypes.dropFirst().allSatisfy { $0 == "refresh_token" })
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .seconds(301))
        _ = try await rig.token
        #expect(rig.provider.calls.last?.refreshToken == "refresh-1")
    }

    // Traps 30 and 37.
    @Test func `A 401 that no renewal mends is returned, and a 403 renews nothing`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let session = sandbox.session()
        sandbox.stub("GET", "/integration/v2/sellers/me", json: "{}")
        let url = sandbox.url("/integration/v2/sellers/me")
        _ = try await session.send(WireRequest("GET", url))
        #expect(sandbox.counters.tokenRequests == 1)
        let rig = Rig(dialect: .tiki(.production))
        let api = URL(string: "https://api.tiki.vn/integration/v2/orders")!
        rig.provider.answer { $0.grantType == nil ? WireResponse(status: 403) : .tokens("access-\($0.number)") }
        #expect(try await rig.session.send(WireRequest("GET", api)).status == 403)
        #expect(rig.provider.grantTypes.count == 1)
        rig.provider.answer { $0.grantType == nil ? WireResponse(status: 401) : .tokens("access-\($0.number)") }
        for _ in 0..<20 { #expect(try await rig.session.send(WireRequest("GET", api)).status == 401) }
        #expect(rig.provider.grantTypes.count == 2)
    }

    // Trap 33.
    @Test func `A provider that asks for patience gets it`() async throws {
        let rig = Rig(dialect: .revenueMonster(.sandbox))
        rig.provider.answer { _ in
            .json(
                200,
                #"{"error":{"code":"TOO_MANY_REQUEST_PER_SECOND","message":"slow"}}"#,
                headers: ["Retry-After": "40"]
            )
        }
        #expect(await rig.failure()?.isTransient == true)
        rig.clock.advance(by: .seconds(39))
        _ = await rig.failure()
        #expect(rig.provider.calls.count == 1)
        rig.clock.advance(by: .seconds(2))
        rig.provider.answer { _ in .tokens("patient") }
        #expect(try await rig.token == "patient")
    }
}
