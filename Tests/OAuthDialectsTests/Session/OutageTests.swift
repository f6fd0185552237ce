import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

// Under the sanitizer virtual time runs ahead of the tasks, and callers meet their timeouts.
#if !TSAN
extension Heavy {
    /// An hour in which the provider is of no use, in virtual time, with a caller every 5 s.
    @Suite(.timeLimit(.minutes(5)))
    struct OutageTests {
        enum Trouble: CaseIterable { case unavailable, refusesConnections }

        @Test(arguments: Trouble.allCases, [false, true])
        func `An outage of an hour costs at most sixty token requests, and every caller is told of it`(
            _ trouble: Trouble,
            _ isUser: Bool
        ) async throws {
            let rig = try await Self.expired(isUser: isUser)
            rig.provider.answer { _ in
                if trouble == .unavailable { return .json(503, "{}") }
                throw WireFailure(.notConnected, mayHaveArrived: false)
            }
            let before = rig.provider.calls.count
            let errors = await Self.hour(of: rig)
            let requests = rig.provider.calls.count - before
            #expect(requests <= 60)
            #expect(errors.count == 720)
            #expect(errors.allSatisfy { $0?.code == .unavailable && $0?.retryAt != nil })
            if trouble == .unavailable { #expect(errors.allSatisfy { $0?.refusal?.status == 503 }) }
            print("\(trouble), \(isUser ? "user" : "client"): \(requests) token requests in an hour, 720 callers told")
        }

        @Test(arguments: [false, true])
        func `A suspended app asks at most nineteen times in its first hour`(_ isUser: Bool) async throws {
            let rig = try await Self.expired(isUser: isUser)
            rig.provider.answer { _ in .refused("unauthorized_client") }
            let before = rig.provider.calls.count
            let errors = await Self.hour(of: rig)
            let requests = rig.provider.calls.count - before
            #expect(requests <= 12 + 7)
            #expect(errors.allSatisfy { $0?.refusal?.code == "unauthorized_client" })
            print("unauthorized_client, \(isUser ? "user" : "client"): \(requests) token requests in an hour")
        }

        @Test func `The pooled sessions of a suspended app ask once in five minutes each`() async throws {
            let (clock, count) = (TestClock(), 20)
            let provider = StubProvider { _ in .refused("unauthorized_client") }
            let pool = SessionPool(transport: provider, clock: clock)
            for number in 0..<count {
                let client = ClientCredentials(id: "client-\(number)", secret: "s3cret")
                _ = pool.session(dialect: .weTix(.sandbox), credentials: client)
            }
            let upkeep = Task { await pool.run() }
            await provider.received(count)
            let pass = { (time: Duration) in
                let end = clock.now + time
                while clock.now < end {
                    await eventually { pool.isSettled && !clock.sleepers.isEmpty }
                    clock.advance(by: .seconds(5))
                }
                await eventually { pool.isSettled }
            }
            await pass(.seconds(1800))
            let before = provider.calls.count
            await pass(.seconds(1800))
            let requests = provider.calls.count - before
            #expect(requests <= count * 6)
            #expect(requests >= count * 4)
            upkeep.cancel()
            await upkeep.value
            await pool.shutDown()
            print("\(count) pooled sessions of a suspended app: \(requests) token requests in the second half hour")
        }

        /// A session whose token has expired.
        private static func expired(isUser: Bool) async throws -> Rig {
            let rig = Rig(identity: isUser ? .user(try Account("ann")) : .client())
            if isUser {
                let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)
                try await rig.session.signIn(with: code)
            } else {
                _ = try await rig.token
            }
            await rig.settled()
            rig.clock.advance(by: .hours(2))
            return rig
        }

        /// What the callers get, one every 5 s.
        private static func hour(of rig: Rig) async -> [TokenError?] {
            var errors: [TokenError?] = []
            let start = rig.clock.now
            for number in 0..<720 {
                let due = start + .seconds(5 * number)
                if rig.clock.now < due { rig.clock.advance(by: due - rig.clock.now) }
                errors.append(await rig.failure())
            }
            return errors
        }
    }
}
#endif
