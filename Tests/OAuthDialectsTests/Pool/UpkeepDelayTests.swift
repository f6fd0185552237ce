import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct UpkeepDelayTests {
    /// A provider of 200 ms whose tokens live for 30 s, behind a gate.
    private struct GatedProvider: WireTransport {
        let gate: ConnectionGate
        let clock: TestClock
        let waitsForConnections = true

        func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
            let origin = try Origin(of: request.url)
            let start = clock.now
            guard try await gate.enter(origin, isToken: true, within: limits.connectionTimeout) else {
                throw WireFailure(.noConnectionFree, mayHaveArrived: false)
            }
            defer { gate.leave(origin, isToken: true) }
            let wait = clock.now - start
            try await clock.sleep(until: clock.now + .milliseconds(200))
            var response = WireResponse.tokens(UUID().uuidString, lifetime: 30)
            response.connectionWait = wait
            return response
        }
    }

    /// The delays that a pool of so many sessions tells in a minute.
    private func delays(_ count: Int, connections: Int, concurrency: Int) async -> [SessionEvent] {
        let clock = TestClock()
        let gate = ConnectionGate(.init(perOrigin: connections, total: connections), clock: clock)
        let log = Log()
        let pool = SessionPool(
            transport: GatedProvider(gate: gate, clock: clock),
            clock: clock,
            concurrency: concurrency,
            onEvent: { _, event in log.append(event) }
        )
        for number in 0..<count {
            let client = ClientCredentials(id: "client-\(number)", secret: "s3cret")
            _ = pool.session(dialect: .weTix(.sandbox), credentials: client)
        }
        let upkeep = Task { await pool.run() }
        let end = clock.now + .seconds(60)
        await clock.drain(until: { clock.now >= end }, by: .milliseconds(100))
        upkeep.cancel()
        await upkeep.value
        return log.events.filter { $0.name == .upkeepBehind }
    }

    @Test func `A pool whose renewals wait for connections says once that its upkeep is behind`() async throws {
        let events = await delays(300, connections: 2, concurrency: 1000)
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.level == .warning)
        #expect(event.metadata["why"]?.contains("a connection") == true, "\(event.metadata)")
        #expect(try #require(event.metadata["wait_seconds"].flatMap(Double.init)) > 3)
    }

    @Test func `A pool that may not start enough renewals says so`() async throws {
        let events = await delays(300, connections: 100, concurrency: 2)
        #expect(events.count == 1)
        #expect(events.first?.metadata["why"] == "2 renewals were running")
    }

    @Test func `A pool that keeps up says nothing`() async throws {
        #expect(await delays(3, connections: 2, concurrency: 2).isEmpty)
    }
}
