import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization
import Testing

extension Heavy {
    /// Readers on several threads while the token changes: a read that begins after a change never gets what was there before.
    @Suite(.timeLimit(.minutes(5)))
    final class TokenCopiesStressTests: Sendable {
        private static let rounds = 45
        private static let readers = 2

        /// The least number that a token may have whose reading begins now.
        private let floor = Atomic<Int>(0)
        private let isOver = Atomic<Bool>(false)
        private let tooOld = Atomic<Int>(0)
        private let reads = Atomic<Int>(0)

        @Test func `A read that begins after a change gets no token from before it`() async throws {
            let provider = StubProvider { .tokens("token-\($0.number)") }
            var policy = RenewalPolicy.unhurried
            policy.burst = 10 * Self.rounds
            let session = TokenSession(
                dialect: .weTix(.sandbox),
                credentials: ClientCredentials(id: "client", secret: "s3cret"),
                transport: provider,
                policy: policy
            )
            var copied = 0
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.readers {
                    group.addTask { await withCheckedContinuation { self.read(session, until: $0) } }
                }
                for round in 0..<Self.rounds {
                    let number = try await number(of: session.renew())
                    floor.store(number, ordering: .sequentiallyConsistent)
                    // Each reader has a copy, if it made one, before the token changes.
                    let seen = reads.load(ordering: .relaxed)
                    while reads.load(ordering: .relaxed) < seen + 100 * Self.readers { await Task.yield() }
                    if session.copiesVersion != 0 { copied += 1 }
                    if round % 3 == 0 { session.invalidate(try AccessToken(Secret("token-\(number)"))) }
                    if round % 3 == 1 { try await session.signOut() }
                    // Of many rejections in a short time some are ignored.
                    if round % 3 == 1 || session.currentAccessToken == nil {
                        floor.store(number + 1, ordering: .sequentiallyConsistent)
                    }
                    if round % 3 == 1 { try await session.signIn(with: .clientCredentials()) }
                }
                isOver.store(true, ordering: .relaxed)
                try await group.waitForAll()
            }
            #expect(tooOld.load(ordering: .relaxed) == 0)
            #expect(copied > Self.rounds / 2, "copies were read in \(copied) of \(Self.rounds) rounds")
        }

        @Test func `Sessions whose copies fall into one slot read their own tokens`() async throws {
            // All live at once, so that their copies stay.
            let rigs = (0..<300).map { _ in Rig() }
            for rig in rigs {
                let token = try await rig.session.accessToken()
                let now = rig.clock.now
                for _ in 0..<3 {
                    #expect(rig.session.readWaiting(at: now) { $0.workingToken(at: now) } == token)
                    #expect(rig.session.currentAccessToken == token)
                }
            }
        }

        /// On a thread of its own.
        private func read(_ session: TokenSession, until end: CheckedContinuation<Void, Never>) {
            Thread.detachNewThread { [self] in
                var random = SystemRandomNumberGenerator()
                while !isOver.load(ordering: .relaxed) {
                    let least = floor.load(ordering: .sequentiallyConsistent)
                    let now = session.clock.now
                    // On one core the lock is seldom found taken.
                    let token =
                        random.next() % 50 == 0
                        ? session.readWaiting(at: now) { $0.workingToken(at: now) }
                        : session.currentAccessToken
                    if let token, number(of: token) < least { tooOld.add(1, ordering: .relaxed) }
                    // Tests beside this one get their turn.
                    if reads.add(1, ordering: .relaxed).newValue.isMultiple(of: 100) { sched_yield() }
                }
                end.resume()
            }
        }

        private func number(of token: AccessToken) -> Int {
            Int(token.value.revealed.dropFirst("token-".count)) ?? 0
        }
    }
}
