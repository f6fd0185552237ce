import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// Many sessions of a pool whose tokens all came together, kept fresh by one `run()` under a test clock.
enum Upkeep {
    struct Result {
        /// Renewals of the busiest second, against the mean of those that had any.
        let peak: Double

        /// How many tasks sleep while nothing is due.
        let sleepers: Double
    }

    @concurrent
    static func ofSessions(_ count: Int) async throws -> Result {
        let clock = TestClock()
        let provider = RecordingProvider(clock)
        let pool = SessionPool(transport: provider, clock: clock, capacity: 3 * count)
        let client = ClientCredentials(id: "id", secret: "secret")
        for number in 0..<count {
            _ = pool.session(
                dialect: .weTix(.sandbox),
                credentials: client,
                identity: .client(scopes: ["\(number)"])
            )
        }
        let upkeep = Task { await pool.run() }
        try await rest(clock) { provider.count >= count }
        let sleepers = clock.sleepers.count
        for _ in 0..<3600 where provider.count < 2 * count {
            clock.advance(by: .seconds(1))
            try await rest(clock) { true }
        }
        upkeep.cancel()
        await upkeep.value
        let renewals = provider.seconds.filter { $0.key > 0 }.map { Double($0.value) }
        let mean = renewals.reduce(0, +) / Double(renewals.count)
        return Result(peak: (renewals.max() ?? 0) / mean, sleepers: Double(sleepers))
    }

    /// Waits until only upkeep sleeps, until its next deadline.
    private static func rest(_ clock: TestClock, until isSo: () -> Bool) async throws {
        repeat { try await clock.waitForSleepers { $0.count == 1 } } while !isSo()
    }
}

/// A provider that notes at which second of the clock it was asked.
private final class RecordingProvider: WireTransport {
    private let clock: TestClock
    private let start: SessionInstant
    private let state = Mutex((count: 0, seconds: [Int: Int]()))

    init(_ clock: TestClock) {
        self.clock = clock
        start = clock.now
    }

    var count: Int { state.withLock { $0.count } }
    var seconds: [Int: Int] { state.withLock { $0.seconds } }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let second = Int((clock.now - start) / .seconds(1))
        state.withLock { state in
            state.count += 1
            state.seconds[second, default: 0] += 1
        }
        return WireResponse(
            status: 200,
            body: Data(#"{"access_token":"token","expires_in":3600,"token_type":"Bearer"}"#.utf8)
        )
    }
}
