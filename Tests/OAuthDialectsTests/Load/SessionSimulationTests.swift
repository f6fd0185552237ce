import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// The whole session in a seeded world: its tasks, continuations and timers, under a clock that a test moves.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct SessionSimulationTests {
        @Test(arguments: 1...200)
        func `Every caller is answered, one exchange is in the air, and a healthy provider ends the trouble`(
            _ seed: UInt64
        ) async throws {
            var random = SplitMix(seed: seed)
            let clock = TestClock()
            var traits = ModelProvider.Traits()
            traits.lifetime = [.seconds(5), .seconds(60), .seconds(3600)].randomElement(using: &random)!
            traits.rotates = .random(using: &random)
            let transport = ModelTransport(traits, clock: clock, seed: seed, faults: 0.4)
            let session = TokenSession(
                dialect: .weTix(.sandbox),
                credentials: ClientCredentials(id: "client", secret: "s3cret"),
                store: FickleStore(),
                transport: transport,
                clock: clock
            )
            let upkeep = Bool.random(using: &random) ? Task { await session.run() } : nil
            var callers: [Task<Bool, Never>] = []
            let finished = Counter()
            for _ in 0..<30 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<5: callers.append(caller(of: session, finished))
                case 5: callers.randomElement(using: &random)?.cancel()
                case 6: if let token = session.currentAccessToken { session.invalidate(token) }
                default:
                    let seconds = [0.1, 1, 5, 30, 300].randomElement(using: &random)!
                    let end = clock.now + .seconds(seconds)
                    await clock.drain(until: { clock.now >= end }, by: .seconds(seconds / 5))
                }
            }
            let count = callers.count
            await clock.drain(until: { finished.count == count }, by: .seconds(1))
            for caller in callers { #expect(await caller.value, "seed \(seed)") }
            transport.recover()
            #expect(await recovers(session, clock), "seed \(seed)")
            #expect(!transport.hasOverlapped)
            #expect(session.status.waitingCallers == 0)
            upkeep?.cancel()
            await upkeep?.value
        }

        /// Whether a token comes before long; the clock may overtake a busy machine, which is one more fault to recover from.
        private func recovers(_ session: TokenSession, _ clock: TestClock) async -> Bool {
            for _ in 0..<5 {
                clock.advance(by: .seconds(300))
                let isDone = Counter()
                let caller = Task {
                    defer { isDone.increment() }
                    return (try? await session.accessToken(within: .seconds(3600))) != nil
                }
                await clock.drain(until: { isDone.count == 1 })
                if await caller.value { return true }
            }
            return false
        }

        /// A caller that is content with a token, a typed error, or its own cancellation.
        private func caller(of session: TokenSession, _ finished: Counter) -> Task<Bool, Never> {
            Task {
                defer { finished.increment() }
                do {
                    _ = try await session.accessToken()
                    return true
                } catch {
                    return error is CancellationError || error is TokenError
                }
            }
        }
    }
}
