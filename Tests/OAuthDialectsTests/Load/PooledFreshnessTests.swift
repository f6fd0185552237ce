import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// Over real sockets, with the defaults; `OAUTH_DIALECTS_POOL` says for how many sessions with tokens of 30 s.
    @Suite(.timeLimit(.minutes(10)))
    struct PooledFreshnessTests {
        @Test func `Pooled sessions stay fresh at a provider of 200 ms, or an event says why they can't`() async throws
        {
            let count = rounds("OAUTH_DIALECTS_POOL", 100)
            let isLong = count > 1000
            let sandbox = ProviderSandbox(.weTix, clock: .system)
            sandbox.accessTokenLifetime = isLong ? .seconds(30) : .seconds(4)
            sandbox.latency = .milliseconds(200)
            let server = try await sandbox.serve()
            let log = Log()
            let pool = SessionPool { _, event in
                if [.upkeepBehind, .renewalFailed].contains(event.name) { log.append(event) }
            }
            let sessions = (0..<count).map { number in
                pool.session(
                    dialect: sandbox.dialect(at: server.url),
                    credentials: sandbox.credentials,
                    identity: .client(scopes: ["scope-\(number)"])
                )
            }
            let upkeep = Task { await pool.run() }
            let start = ContinuousClock.now
            await eventually { sessions.last?.currentAccessToken != nil && pool.count == count }
            await eventually { sandbox.counters.tokensIssued >= count }
            let filled = ContinuousClock.now - start
            // How many lack a token, once a second: the passing of time is what this is about.
            var stale: [Int] = []
            for _ in 0..<(isLong ? 90 : 4) {
                try await Task.sleep(for: .seconds(1))
                stale.append(sessions.count { $0.currentAccessToken == nil })
            }
            upkeep.cancel()
            await upkeep.value
            await pool.shutDown()
            await server.stop()
            #expect(stale.allSatisfy { $0 == 0 } || log.count(of: .upkeepBehind) > 0)
            #expect(log.count(of: .upkeepBehind) <= 1 + stale.count / 60)
            print(
                """
                \(count) pooled sessions: first tokens after \(filled), \(sandbox.counters.tokensIssued) tokens, \
                at most \(stale.max() ?? 0) without one, \(log.count(of: .renewalFailed)) renewals failed; \
                \(log.events.first { $0.name == .upkeepBehind }?.message ?? "never behind")
                """
            )
        }
    }
}
