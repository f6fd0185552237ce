import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TaskTests {
    @Test func `A cold call over a store in memory starts at most four tasks`() async throws {
        let rig = Rig()
        _ = try await rig.token
        await rig.settled()
        #expect((1...4).contains(rig.session.startedTasks), "\(rig.session.startedTasks) tasks")
    }

    @Test func `Callers who wait for the same renewal start no more tasks than one`() async throws {
        let rig = Rig()
        let gate = Latch()
        rig.provider.answer { call in
            await gate.passes()
            return .tokens("access-\(call.number)")
        }
        let callers = await rig.queue(100)
        gate.open()
        for caller in callers { _ = try await caller.value }
        #expect(rig.session.startedTasks <= 4, "\(rig.session.startedTasks) tasks")
    }

    @Test func `A token that works starts no task`() async throws {
        let rig = Rig()
        _ = try await rig.token
        await rig.settled()
        let before = rig.session.startedTasks
        for _ in 0..<1000 { _ = try await rig.token }
        #expect(rig.session.startedTasks == before)
    }
}
