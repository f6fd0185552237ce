import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    @Suite(.timeLimit(.minutes(5)))
    struct FailureTests {
        @Test(arguments: [500, 502, 503, 429, 400, 401, 403])
        func `While a token works it is served, whatever the provider says`(_ status: Int) async throws {
            let rig = Rig()
            _ = try await rig.token
            rig.provider.answer { _ in .json(status, #"{"error":"invalid_client"}"#) }
            for _ in 0..<20 {
                rig.clock.advance(by: .seconds(175))
                #expect(try await rig.outcome().get().value.revealed == "access-1")
                await rig.clock.drain(until: { !rig.session.status.isRenewing })
            }
            #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
            rig.clock.advance(by: .seconds(100))
            #expect(rig.session.currentAccessToken == nil)
        }

        @Test func `A provider that is down keeps the refresh token, which works when it is back`() async throws {
            let rig = Rig(identity: .user(try Account("ann")))
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
            rig.clock.advance(by: .hours(2))
            rig.provider.answer { _ in .json(503, "{}") }
            let error = await rig.failure()
            #expect(error?.code == .unavailable)
            #expect(error?.isTransient == true)
            rig.provider.answer { .tokens("access-\($0.number)", refresh: "refresh-\($0.number)") }
            rig.clock.advance(by: .seconds(300))
            #expect(try await rig.token.hasPrefix("access-"))
            #expect(rig.provider.calls.last?.refreshToken == "refresh-1")
        }

        @Test func `While the session backs off, callers without a token get the last error at once`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in .json(503, "{}", headers: ["Retry-After": "120"]) }
            let first = await rig.failure()
            #expect(first?.retryAt == rig.clock.date.addingTimeInterval(120))
            let calls = rig.provider.calls.count
            for _ in 0..<100 { #expect(await rig.failure()?.code == .unavailable) }
            #expect(rig.provider.calls.count == calls)
            rig.clock.advance(by: .seconds(121))
            rig.provider.answer { .tokens("access-\($0.number)") }
            #expect(try await rig.token.hasPrefix("access-"))
        }

        @Test func `Retry-After is obeyed, and capped at fifteen minutes`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in .json(429, "{}", headers: ["Retry-After": "864000"]) }
            let error = await rig.failure()
            #expect(error?.retryAt == rig.clock.date.addingTimeInterval(900))
            #expect(rig.provider.calls.count == 1)
        }

        @Test func `A failure that passes is tried again within the same call`() async throws {
            let rig = Rig()
            rig.provider.answer { $0.number < 3 ? .json(503, "{}") : .tokens("access-\($0.number)") }
            let caller = Task { try await rig.token }
            await rig.clock.drain(until: { rig.provider.calls.count == 3 })
            #expect(try await caller.value == "access-3")
        }

        @Test func `A wrong secret under load is one request`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in .json(401, #"{"error":"invalid_client"}"#) }
            for _ in 0..<1000 {
                let error = await rig.failure()
                #expect(error?.code == .refused)
                #expect(error?.hint?.contains("client id and secret") == true)
            }
            #expect(rig.provider.calls.count == 1)
            rig.clock.advance(by: .seconds(5))
            _ = await rig.failure()
            #expect(rig.provider.calls.count == 2)
        }

        @Test func `No failure is sticky`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in throw WireFailure(.notConnected, mayHaveArrived: false) }
            #expect(await rig.failure()?.code == .unavailable)
            rig.provider.answer { .tokens("access-\($0.number)") }
            rig.clock.advance(by: .seconds(300))
            #expect(try await rig.token.hasPrefix("access-"))
        }

        @Test func `Twenty callers before a provider that is down are answered within one renewal`() async throws {
            let rig = Rig()
            let gate = Latch()
            rig.provider.answer { _ in
                await gate.passes()
                throw WireFailure(.connectionLost, mayHaveArrived: true)
            }
            let callers = await rig.queue(20)
            gate.open()
            await rig.clock.drain(until: { rig.session.status.waitingCallers == 0 })
            for caller in callers { await #expect(throws: TokenError.self) { try await caller.value } }
            #expect(rig.provider.calls.count == 3)
        }

        @Test func `A transport that hangs is left after ten seconds`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in
                try await hang()
            }
            let caller = Task { try await rig.session.accessToken(within: .seconds(60)) }
            await rig.clock.drain(until: { rig.provider.calls.count == 2 }, by: .seconds(1))
            await rig.clock.drain(until: { rig.session.status.waitingCallers == 0 }, by: .seconds(5))
            let error = await #expect(throws: TokenError.self) { try await caller.value }
            #expect(error?.code == .unavailable)
        }

        @Test func `A budget bounds a caller that renews in a loop`() async throws {
            let rig = Rig()
            var failures: [TokenError] = []
            for _ in 0..<50 {
                do { _ = try await rig.session.renew() } catch let error as TokenError { failures.append(error) }
            }
            #expect(rig.provider.calls.count == 10)
            #expect(failures.count == 40)
            #expect(failures.first?.code == .overBudget)
            #expect(try await rig.token == "access-10", "the token that works is served all the same")
        }

        @Test(arguments: [
            "", "<html>502</html>", "{", "[]", "null", #"{"token_type":"Bearer"}"#, #"{"access_token":"a b"}"#,
        ])
        func `A malformed answer is a typed error and costs nothing that was in hand`(_ body: String) async throws {
            let rig = Rig()
            _ = try await rig.token
            rig.provider.answer { _ in .json(200, body) }
            let renewal = Task { try await rig.session.renew() }
            let error = await #expect(throws: TokenError.self) { try await renewal.value }
            #expect(error?.code == .unreadableAnswer)
            #expect(try await rig.token == "access-1")
        }

        @Test func `A redirect of the token endpoint is an error that says so`() async throws {
            let rig = Rig()
            rig.provider.answer { _ in WireResponse(status: 302, headers: ["Location": "https://evil.example/"]) }
            #expect(await rig.failure()?.code == .redirected)
            #expect(rig.provider.calls.count == 1)
        }
    }
}
