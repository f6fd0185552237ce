import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    @Suite(.timeLimit(.minutes(5)))
    struct LoadTests {
        private static let dialects: [any ProviderDialect] = [
            .weTix(.sandbox), .revenueMonster(.sandbox), .tiki(.production),
        ]

        private func sessions(
            _ count: Int,
            over transports: [ModelTransport],
            _ clock: TestClock
        ) -> [(session: TokenSession, transport: ModelTransport)] {
            (0..<count).map { number in
                let credentials = ClientCredentials(id: "client-\(number)", secret: "s3cret")
                let session = TokenSession(
                    dialect: Self.dialects[number % 3],
                    credentials: credentials,
                    transport: transports[number % 3],
                    clock: clock
                )
                return (session, transports[number % 3])
            }
        }

        private func transports(_ clock: TestClock, faults: Double) -> [ModelTransport] {
            (0..<3).map { number in
                var traits = ModelProvider.Traits()
                traits.lifetime = .seconds([3600, 7200, 1800][number])
                traits.givesRefreshTokens = number < 2
                return ModelTransport(traits, clock: clock, seed: UInt64(number + 1), faults: faults)
            }
        }

        @Test func `Sixty-four sessions live for hours with faults, and no call fails while a token works`()
            async throws
        {
            let clock = TestClock()
            let transports = transports(clock, faults: 0.05)
            let all = sessions(64, over: transports, clock)
            for _ in 0..<480 {
                let finished = Counter()
                let callers = all.map { session, transport in
                    Task {
                        defer { finished.increment() }
                        let working = session.currentAccessToken
                        do {
                            let token = try await session.accessToken()
                            return transport.isGood(token) || token.expiresAt.map { $0 <= clock.date } ?? false
                        } catch {
                            // Whoever asked in the last seconds of a token may have come too late for it.
                            return working.flatMap(\.expiresAt).map { $0 <= clock.date + 10 } ?? true
                        }
                    }
                }
                await clock.drain(until: { finished.count == all.count })
                for caller in callers { #expect(await caller.value) }
                clock.advance(by: .seconds(30))
            }
            #expect(transports.allSatisfy { !$0.hasOverlapped })
            let requests = transports.reduce(0) { $0 + $1.requests }
            #expect(requests < 64 * 16, "\(requests) requests of 64 sessions in four hours")
        }

        @Test func `A provider that hangs does not slow another`() async throws {
            let clock = TestClock()
            let transports = transports(clock, faults: 0)
            let all = sessions(63, over: transports, clock)
            for (session, _) in all { _ = try await session.accessToken() }
            clock.advance(by: .hours(3))
            transports[0].hang()
            let stuck = all.filter { $0.transport === transports[0] }.map { session, _ in
                Task { try await session.accessToken() }
            }
            await eventually { transports[0].requests == 42 }
            let before = clock.now
            for (session, transport) in all where transport !== transports[0] {
                #expect(transport.isGood(try await session.accessToken()))
            }
            #expect(clock.now == before, "no time had to pass")
            for caller in stuck { caller.cancel() }
            for caller in stuck { await #expect(throws: CancellationError.self) { try await caller.value } }
        }
    }
}
