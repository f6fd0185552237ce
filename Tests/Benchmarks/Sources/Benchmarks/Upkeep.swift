import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// Many sessions of a pool whose tokens all came together, kept fresh by one `run()` under a test clock.
enum Upkeep {
    struct Result {
        /// Renewals of the busiest second, against the mean of the seconds in which there are any.
        let peak: Double

        /// How many tasks sleep while nothing is due.
        let sleepers: Double

        /// How long a renewal takes, from being due to being kept, in microseconds.
        let microseconds: Double
    }

    @concurrent
    static func ofSessions(_ count: Int) async throws -> Result {
        let clock = TestClock()
        let provider = InstantProvider(lifetime: 3600)
        let pool = SessionPool(transport: provider, clock: clock, capacity: 3 * count)
        let client = ClientCredentials(id: "id", secret: "secret")
        let sessions = (0..<count).map { number in
            let identity = Identity.client(scopes: ["\(number)"])
            return pool.session(dialect: .weTix(.sandbox), credentials: client, identity: identity)
        }
        let upkeep = Task { await pool.run() }
        try await settle(sessions, clock)
        let sleepers = Double(clock.sleepers.count)
        let renewals = Dictionary(grouping: sessions.compactMap(\.status.nextAt)) { Int($0.timeIntervalSince1970) }
        let peak = renewals.values.map(\.count).max() ?? 0
        clock.advance(by: .seconds(3600 - 200))
        let start = ContinuousClock.now
        try await settle(sessions, clock)
        let time = (ContinuousClock.now - start) / .microseconds(1)
        upkeep.cancel()
        await upkeep.value
        guard provider.requests == 2 * count else { throw CocoaError(.featureUnsupported) }
        return Result(
            peak: Double(peak) / (Double(count) / Double(renewals.count)),
            sleepers: sleepers,
            microseconds: time / Double(count)
        )
    }

    /// Waits until every session has a token that is due no more.
    private static func settle(_ sessions: [TokenSession], _ clock: TestClock) async throws {
        for session in sessions {
            while session.status.isRenewing || session.status.nextAt.map({ $0 <= clock.date }) ?? true {
                await Task.yield()
            }
        }
        try await clock.waitForSleepers { $0.count == 1 }
    }
}
