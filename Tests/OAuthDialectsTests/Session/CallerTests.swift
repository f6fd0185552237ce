import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CallerTests {
    @Test func `A cancelled caller leaves at once and hurts nobody`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let first = await rig.queue()[0]
        let second = Task { try await rig.token }
        await rig.waiting(2)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        gate.open()
        #expect(try await second.value == "access-1")
        #expect(rig.provider.calls.count == 1)
    }

    @Test func `An exchange whose every caller has left is read to its end and stored`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let callers = await rig.queue(5)
        await rig.provider.received(1)
        for caller in callers { caller.cancel() }
        for caller in callers { await #expect(throws: CancellationError.self) { try await caller.value } }
        gate.open()
        await rig.settled()
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
        let another = Rig(clock: rig.clock, provider: rig.provider, store: rig.store)
        #expect(try await another.token == "access-1")
    }

    @Test func `A caller that is cancelled before it asks sends nothing`() async throws {
        let rig = Rig()
        let gate = Latch()
        let caller = Task {
            await gate.passes()
            return try await rig.token
        }
        caller.cancel()
        gate.open()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `Every caller of a crowd that comes and goes is answered once`() async throws {
        let rig = Rig()
        rig.provider.answer { call in
            for _ in 0..<100 { await Task.yield() }
            return .tokens("access-\(call.number)", lifetime: 60)
        }
        var random = SplitMix(seed: 42)
        for _ in 0..<50 {
            let callers = (0..<20).map { _ in Task { try await rig.token } }
            for caller in callers where random.next() % 3 == 0 { caller.cancel() }
            for caller in callers { _ = await caller.result }
            rig.clock.advance(by: .seconds(60))
        }
        #expect(rig.provider.calls.count <= 50)
        #expect(rig.session.status.waitingCallers == 0)
    }

    @Test func `The operation runs on the caller's actor`() async throws {
        let rig = Rig()
        try await onMainActor(rig)
    }

    @MainActor private func onMainActor(_ rig: Rig) async throws {
        var count = 0
        let value = try await rig.session.withAccessToken { token in
            MainActor.assertIsolated()
            count += 1
            return .accepted(token.value.revealed)
        }
        #expect(value == "access-1")
        #expect(count == 1)
    }
}
