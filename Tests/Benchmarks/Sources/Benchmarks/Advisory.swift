import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// Calls while a token is renewed behind the callers, against calls on a fresh one.
enum Advisory {
    /// How many times as long the slowest call of a thousand takes.
    @concurrent
    static func slowdown() async throws -> Double {
        let clock = TestClock()
        let provider = InstantProvider(lifetime: 3600, delay: .milliseconds(500))
        let session = provider.session(clock: clock)
        consume(try await session.accessToken())
        let fresh = try await slowest(of: session) { $0 < 200_000 }
        // The last token is renewed at a random instant between 360 and 210 s before its end.
        clock.advance(by: .seconds(3600 - 200))
        let renewing = try await slowest(of: session) { _ in provider.requests < 2 || session.status.isRenewing }
        return renewing / fresh
    }

    /// The 99.9th percentile of the calls' nanoseconds.
    private static func slowest(of session: TokenSession, while goesOn: (Int) -> Bool) async throws -> Double {
        var times: [Double] = []
        while goesOn(times.count) {
            for _ in 0..<100 {
                let start = ContinuousClock.now
                consume(try await session.accessToken())
                times.append((ContinuousClock.now - start) / .nanoseconds(1))
            }
        }
        return times.sorted()[times.count * 999 / 1000]
    }
}
