import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct WindowTests {
    @Test func `A fresh token is served without asking anybody`() async throws {
        let rig = Rig()
        #expect(try await rig.token == "access-1")
        rig.clock.advance(by: .seconds(3200))
        #expect(try await rig.token == "access-1")
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `In the advisory window a token is served at once and renewed behind the callers`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .seconds(3440))
        #expect(try await rig.token == "access-1")
        await eventually { rig.session.currentAccessToken?.value.revealed == "access-2" }
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `In the last minute a caller waits two seconds at most and gets the old token`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .seconds(3550))
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let callers = await rig.queue(3)
        rig.clock.advance(by: .seconds(2))
        for caller in callers { #expect(try await caller.value == "access-1") }
        gate.open()
        await rig.settled()
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `Within the margin before its end a token is over`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.advance(by: .seconds(3594))
        #expect(rig.session.currentAccessToken != nil)
        rig.clock.advance(by: .seconds(1))
        #expect(rig.session.currentAccessToken == nil)
        #expect(try await rig.token == "access-2")
    }

    @Test func `A caller's patience ends, and the exchange goes on for the next`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let caller = Task { try await rig.session.accessToken(within: .seconds(3)) }
        await rig.waiting(1)
        await rig.provider.received(1)
        rig.clock.advance(by: .seconds(3))
        let error = await #expect(throws: TokenError.self) { try await caller.value }
        #expect(error?.code == .timedOut)
        #expect(error?.message == "wetix: Timed out waiting for a token.")
        gate.open()
        #expect(try await rig.token == "access-1")
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `A token without a lifetime is good until it is rejected`() async throws {
        let rig = Rig()
        rig.provider.answer { .tokens("access-\($0.number)", lifetime: nil) }
        let token = try await rig.session.accessToken()
        #expect(token.expiresAt == nil)
        rig.clock.advance(by: .hours(24 * 365 * 40))
        #expect(try await rig.token == "access-1")
        rig.session.invalidate(token)
        #expect(try await rig.token == "access-2")
    }

    @Test(arguments: [0, -5])
    func `A token that is over when it arrives is handed once to those who waited`(_ lifetime: Int) async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            if call.number == 1 { await gate.passes() }
            return .tokens("access-\(call.number)", lifetime: lifetime)
        }
        let callers = await rig.queue(3)
        gate.open()
        for caller in callers { #expect(try await caller.value == "access-1") }
        #expect(rig.session.currentAccessToken == nil)
        #expect(rig.provider.calls.count == 1)
        let next = await rig.queue(2)
        #expect(rig.provider.calls.count == 1, "never two exchanges within a second on account of time")
        rig.clock.advance(by: .seconds(1))
        for caller in next { #expect(try await caller.value == "access-2") }
    }

    @Test func `The same nearly dead token handed back makes no loop`() async throws {
        let rig = Rig(dialect: .revenueMonster(.sandbox))
        let clock = rig.clock
        let born = clock.now
        rig.provider.answer { _ in
            let left = 600 - Int((clock.now - born) / .seconds(1))
            return .json(200, #"{"accessToken":"same","tokenType":"Bearer","expiresIn":\#(left)}"#)
        }
        for _ in 0..<595 {
            _ = try await rig.session.accessToken(within: .seconds(1))
            await rig.settled()
            rig.clock.advance(by: .seconds(1))
        }
        #expect((2...4).contains(rig.provider.calls.count), "\(rig.provider.calls.count) exchanges")
    }

    @Test func `A wall clock that jumps changes nothing in process`() async throws {
        let rig = Rig()
        _ = try await rig.token
        rig.clock.moveDate(by: .hours(24))
        #expect(try await rig.token == "access-1")
        rig.clock.moveDate(by: .hours(-48))
        #expect(try await rig.token == "access-1")
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `Life is counted from when the request was sent`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            if call.number == 1 { await gate.passes() }
            return .tokens("access-\(call.number)", lifetime: 20)
        }
        let callers = await rig.queue()
        await rig.provider.received(1)
        rig.clock.advance(by: .seconds(9))
        gate.open()
        #expect(try await callers[0].value == "access-1")
        #expect(rig.session.currentAccessToken != nil)
        rig.clock.advance(by: .seconds(10))
        #expect(rig.session.currentAccessToken == nil)
    }
}
