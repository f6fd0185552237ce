import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// Two people of one client, on one store and before one provider, living at random beside each other.
    @Suite(.timeLimit(.minutes(5)))
    struct AccountsTests {
        @Test(arguments: UInt64(1)...50)
        func `Two accounts of one client never meet`(_ seed: UInt64) async throws {
            var random = SplitMix(seed: seed)
            let clock = TestClock()
            let store = InMemoryTokenStore()
            let provider = StubProvider { call in
                let owner = (call.fields["code"] ?? call.refreshToken ?? "nobody").prefix(3)
                if call.number % 11 == 0 { return .json(503, "{}") }
                return .tokens("\(owner)-\(call.number)", lifetime: 600, refresh: "\(owner)-refresh-\(call.number)")
            }
            let names = ["ann", "bob"]
            let sessions = try names.map { name in
                Rig(identity: .user(try Account(name)), clock: clock, provider: provider, store: store).session
            }
            for _ in 0..<60 {
                let index = Int(random.next() % 2)
                let (session, name) = (sessions[index], names[index])
                switch random.next() % 6 {
                case 0: clock.advance(by: .seconds(Int64(random.next() % 400)))
                case 1: _ = try? await session.signOut()
                case 2, 3: await signIn(session, as: name, clock)
                case 4: if let token = session.currentAccessToken { session.invalidate(token) }
                default: break
                }
                let token = await settled(clock) { try? await session.accessToken(within: .seconds(60)) }
                if let token { #expect(token.value.revealed.hasPrefix(name + "-"), "seed \(seed)") }
            }
            let presented = provider.calls.compactMap { $0.fields["code"] ?? $0.refreshToken }
            #expect(presented.allSatisfy { $0.hasPrefix("ann") || $0.hasPrefix("bob") })
            #expect(!provider.grantTypes.contains("client_credentials"))
        }

        private func signIn(_ session: TokenSession, as name: String, _ clock: TestClock) async {
            let code = Grant.authorizationCode(Secret(name + "-code"), redirectURI: nil, codeVerifier: nil)
            await settled(clock) { try? await session.signIn(with: code) }
        }

        /// What something brings, with the pauses of renewals skipped.
        @discardableResult
        private func settled<Value: Sendable>(
            _ clock: TestClock,
            _ work: @escaping @Sendable () async -> Value
        ) async -> Value {
            let isDone = Counter()
            let task = Task {
                defer { isDone.increment() }
                return await work()
            }
            await clock.drain(until: { isDone.count == 1 })
            return await task.value
        }
    }
}
