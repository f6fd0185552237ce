import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ConnectionGateTests {
    private let clock = TestClock()
    private let a = Origin.named("a")
    private let b = Origin.named("b")

    private func gate(perOrigin: Int, total: Int = 100) -> ConnectionGate {
        ConnectionGate(.init(perOrigin: perOrigin, total: total), clock: clock)
    }

    /// Enters `count` times with requests that pass at once.
    private func fill(_ gate: ConnectionGate, _ origin: Origin, isToken: Bool = false, _ count: Int) async throws {
        for _ in 0..<count { #expect(try await gate.enter(origin, isToken: isToken, within: .zero)) }
    }

    /// A request that waits, once it waits.
    private func waiter(
        _ gate: ConnectionGate,
        _ origin: Origin,
        isToken: Bool = false,
        within timeout: Duration = .seconds(60)
    ) async throws -> Task<Bool, any Error> {
        let before = gate.load.waiting
        let task = Task { try await gate.enter(origin, isToken: isToken, within: timeout) }
        while gate.load.waiting == before { await Task.yield() }
        return task
    }

    @Test func `Requests to one origin pass in the order of their arrival`() async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        let order = Locked<[Int]>([])
        var tasks: [Task<Void, any Error>] = []
        for number in 0..<20 {
            tasks.append(
                Task { [a] in
                    _ = try await gate.enter(a, isToken: false, within: .seconds(60))
                    order.withLock { $0.append(number) }
                    gate.leave(a, isToken: false)
                }
            )
            while gate.load.waiting <= number { await Task.yield() }
        }
        gate.leave(a, isToken: false)
        for task in tasks { try await task.value }
        #expect(order.withLock { $0 } == Array(0..<20))
        #expect(gate.load == (0, 0))
    }

    @Test func `An origin at its limit holds up no other`() async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        let waiting = try await waiter(gate, a)
        try await fill(gate, b, 1)
        #expect(gate.load == (2, 1))
        gate.leave(a, isToken: false)
        #expect(try await waiting.value)
    }

    @Test func `At the total limit, the request that arrived first passes first`() async throws {
        let gate = gate(perOrigin: 8, total: 4)
        try await fill(gate, a, 3)
        let first = try await waiter(gate, b)
        let second = try await waiter(gate, a)
        gate.leave(a, isToken: false)
        #expect(try await first.value)
        #expect(gate.load == (3, 1))
        gate.leave(b, isToken: false)
        #expect(try await second.value)
    }

    @Test(arguments: [2, 8, 16, 256])
    func `API requests leave an eighth to token requests`(limit: Int) async throws {
        let kept = max(1, limit / 8)
        let gate = gate(perOrigin: limit, total: 2 * limit)
        try await fill(gate, a, limit - kept)
        #expect(try await !gate.enter(a, isToken: false, within: .zero))
        try await fill(gate, a, isToken: true, kept)
        #expect(try await !gate.enter(a, isToken: true, within: .zero))
        #expect(gate.load == (limit, 0))
    }

    @Test func `API requests to many origins leave connections to token requests as well`() async throws {
        let gate = gate(perOrigin: 4, total: 8)
        for origin in [a, b] { try await fill(gate, origin, 3) }
        try await fill(gate, .named("c"), 1)
        #expect(try await !gate.enter(.named("d"), isToken: false, within: .zero))
        try await fill(gate, .named("d"), isToken: true, 1)
    }

    @Test func `Token requests may take every connection`() async throws {
        let gate = gate(perOrigin: 4)
        try await fill(gate, a, isToken: true, 4)
        let token = try await waiter(gate, a, isToken: true)
        let api = try await waiter(gate, a)
        gate.leave(a, isToken: true)
        #expect(try await token.value)
        #expect(gate.load == (4, 1))
        api.cancel()
        await #expect(throws: CancellationError.self) { try await api.value }
    }

    @Test func `A cancelled waiter gives up its place at once`() async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        let first = try await waiter(gate, a)
        let second = try await waiter(gate, a)
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(gate.load == (1, 1))
        gate.leave(a, isToken: false)
        #expect(try await second.value)
        #expect(gate.load == (1, 0))
    }

    @Test func `A request that was cancelled before does not wait`() async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        let task = Task { [a] in
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await gate.enter(a, isToken: false, within: .seconds(60))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(gate.load == (1, 0))
    }

    @Test func `A wait that takes too long returns false, and the place goes to the next`() async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        let short = try await waiter(gate, a, within: .seconds(1))
        let long = try await waiter(gate, a, within: .seconds(3))
        try await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        #expect(try await !short.value)
        gate.leave(a, isToken: false)
        #expect(try await long.value)
        #expect(gate.load == (1, 0))
        try await clock.waitForSleepers { $0.isEmpty }
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `Without time to wait, a full gate returns false at once`(timeout: Duration) async throws {
        let gate = gate(perOrigin: 2)
        try await fill(gate, a, 1)
        #expect(try await !gate.enter(a, isToken: false, within: timeout))
        #expect(gate.load == (1, 0))
    }

    @Test func `The longest possible wait is no overflow`() async throws {
        let gate = gate(perOrigin: 2)
        clock.advance(by: .seconds(1))
        try await fill(gate, a, 1)
        let task = try await waiter(gate, a, within: .seconds(Int64.max))
        gate.leave(a, isToken: false)
        #expect(try await task.value)
    }

    @Test func `Limits below two are two`() async throws {
        let gate = gate(perOrigin: -1, total: 0)
        try await fill(gate, a, 1)
        try await fill(gate, a, isToken: true, 1)
        #expect(gate.load == (2, 0))
    }
}

extension Origin {
    fileprivate static func named(_ name: String) -> Origin {
        do { return try Origin(of: URL(string: "https://\(name).test")!) } catch { preconditionFailure("\(error)") }
    }
}
