import Foundation
import OAuthDialects
import Testing

@Suite(.serialized, .timeLimit(.minutes(5)))
struct ConnectionGateLoadTests {
    private static let count = 10_000
    /// Every so many requests are cancelled: Swift Testing takes long over many errors.
    private static let step = 20

    @Test(arguments: [1, 1000, count])
    func `Ten thousand waiters pass, two at a time to each origin`(origins: Int) async throws {
        let gate = ConnectionGate(.init(perOrigin: 3, total: 64))
        let all = try (0..<origins).map { try Origin(of: #require(URL(string: "https://host\($0).test"))) }
        let passed = Locked(0)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for number in 0..<Self.count {
                let origin = all[number % origins]
                group.addTask {
                    let isIn = try await gate.enter(origin, isToken: false, within: .seconds(60))
                    #expect(isIn && gate.load.active <= 64)
                    await Task.yield()
                    passed.withLock { $0 += 1 }
                    gate.leave(origin, isToken: false)
                }
            }
            try await group.waitForAll()
        }
        #expect(passed.withLock { $0 } == Self.count)
        #expect(gate.load == (0, 0))
        print("gate: \(Self.count) requests to \(origins) origins in \(ContinuousClock.now - start)")
    }

    @Test(arguments: [1, count])
    func `Ten thousand requests wait at once, and some are cancelled`(origins: Int) async throws {
        let gate = ConnectionGate(.init(perOrigin: 2, total: 2))
        let all = try (0..<origins).map { try Origin(of: #require(URL(string: "https://host\($0).test"))) }
        #expect(try await gate.enter(all[0], isToken: false, within: .zero))
        let tasks = (0..<Self.count).map { number in
            Task {
                let origin = all[number % origins]
                let isIn = try await gate.enter(origin, isToken: false, within: .seconds(60))
                #expect(isIn)
                gate.leave(origin, isToken: false)
            }
        }
        while gate.load.waiting < Self.count { await Task.yield() }
        let start = ContinuousClock.now
        for index in stride(from: 0, to: Self.count, by: Self.step) { tasks[index].cancel() }
        gate.leave(all[0], isToken: false)
        for (index, task) in tasks.enumerated() {
            if index.isMultiple(of: Self.step) {
                await #expect(throws: CancellationError.self) { try await task.value }
            } else {
                try await task.value
            }
        }
        #expect(gate.load == (0, 0))
        print("gate: \(Self.count) waiting for \(origins) origins passed in \(ContinuousClock.now - start)")
    }
}
