import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    @Suite(.timeLimit(.minutes(5)))
    struct OneExchangeTests {
        @Test func `Ten thousand callers on a cold session cause one exchange`() async throws {
            let rig = Rig()
            let gate = Latch()
            rig.provider.answer { call in
                await gate.passes()
                return .tokens("access-\(call.number)")
            }
            let callers = await rig.queue(10_000)
            gate.open()
            for caller in callers { #expect(try await caller.value == "access-1") }
            #expect(rig.provider.calls.count == 1)
        }

        @Test func `Ten thousand callers on an expired token cause one exchange`() async throws {
            let rig = Rig()
            _ = try await rig.token
            rig.clock.advance(by: .hours(2))
            let gate = Latch()
            rig.provider.answer { call in
                await gate.passes()
                return .tokens("access-\(call.number)")
            }
            let callers = await rig.queue(10_000)
            gate.open()
            for caller in callers { #expect(try await caller.value == "access-2") }
            #expect(rig.provider.calls.count == 2)
        }

        @Test func `Ten thousand requests turned away together cause one exchange`() async throws {
            let rig = Rig()
            _ = try await rig.token
            let arrived = Counter()
            let count = 10_000
            let results = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        try await rig.session.withAccessToken { token in
                            guard token.value.revealed == "access-1" else { return .accepted(token.value.revealed) }
                            arrived.increment()
                            await arrived.reaches(count)
                            return .rejected("turned away")
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results == Array(repeating: "access-2", count: count))
            #expect(rig.provider.calls.count == 2)
        }

        @Test func `A late rejection of a token that was replaced renews nothing`() async throws {
            let rig = Rig()
            let first = try await rig.session.accessToken()
            rig.session.invalidate(first)
            #expect(try await rig.token == "access-2")
            rig.session.invalidate(first)
            rig.session.invalidate(first)
            #expect(try await rig.token == "access-2")
            #expect(rig.provider.calls.count == 2)
        }

        @Test func `A rejection while a renewal is in the air joins it`() async throws {
            let rig = Rig()
            let first = try await rig.session.accessToken()
            rig.clock.advance(by: .seconds(3400))
            let gate = Latch()
            rig.provider.answer { call in
                await gate.passes()
                return .tokens("access-\(call.number)")
            }
            #expect(try await rig.token == "access-1")
            await rig.provider.received(2)
            rig.session.invalidate(first)
            let callers = await rig.queue(10)
            gate.open()
            for caller in callers { #expect(try await caller.value == "access-2") }
            #expect(rig.provider.calls.count == 2)
        }

        @Test func `Two sessions that share a store make one exchange`() async throws {
            let store = InMemoryTokenStore()
            let provider = StubProvider()
            let gate = Latch()
            provider.answer { call in
                await gate.passes()
                return .tokens("access-\(call.number)")
            }
            let rigs = (0..<8).map { _ in Rig(provider: provider, store: store) }
            let callers = rigs.map { rig in Task { try await rig.token } }
            await provider.received(1)
            gate.open()
            for caller in callers { #expect(try await caller.value == "access-1") }
            #expect(provider.calls.count == 1)
        }

        @Test func `An explicit renewal gets a newer token, and joins one that is under way`() async throws {
            let rig = Rig()
            #expect(try await rig.token == "access-1")
            let gate = Latch()
            rig.provider.answer { call in
                await gate.passes()
                return .tokens("access-\(call.number)")
            }
            let callers = (0..<5).map { _ in Task { try await rig.session.renew().value.revealed } }
            await rig.waiting(5)
            gate.open()
            for caller in callers { #expect(try await caller.value == "access-2") }
            #expect(rig.provider.calls.count == 2)
        }
    }
}
