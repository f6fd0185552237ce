import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SessionRejectionTests {
    private func call(_ rig: Rig, accepting good: @escaping @Sendable (String) -> Bool) async throws -> String {
        try await rig.session.withAccessToken { token in
            let text = token.value.revealed
            return good(text) ? .accepted(text) : .rejected("401 for \(text)")
        }
    }

    @Test func `A rejected token is renewed and the call made once more`() async throws {
        let rig = Rig()
        _ = try await rig.token
        #expect(try await call(rig) { $0 != "access-1" } == "access-2")
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `A rejection that stays after the renewal is returned, not looped on`() async throws {
        let rig = Rig()
        _ = try await rig.token
        #expect(try await call(rig) { _ in false } == "401 for access-2")
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `An endpoint that rejects for ever costs at most two exchanges a minute`() async throws {
        let rig = Rig()
        _ = try await rig.token
        for _ in 0..<600 {
            _ = try await call(rig) { _ in false }
            rig.clock.advance(by: .seconds(1))
        }
        #expect(rig.provider.calls.count <= 1 + 10, "\(rig.provider.calls.count) exchanges in ten minutes")
        #expect(rig.log.count(of: .rejectionIgnored) >= 1)
        #expect(rig.session.currentAccessToken != nil)
    }

    @Test func `An endpoint that rejects for ever takes nothing from the callers of others`() async throws {
        let rig = Rig()
        _ = try await rig.token
        for second in 0..<300 {
            _ = try await call(rig) { _ in false }
            #expect(try await call(rig) { _ in true }.hasPrefix("access-"))
            if second % 10 == 0 { rig.clock.advance(by: .seconds(10)) }
        }
        #expect(rig.provider.calls.count <= 1 + 3 + 6, "\(rig.provider.calls.count) exchanges in five minutes")
    }

    @Test func `One endpoint that accepts and one that rejects renew a token a hundred times a day`() async throws {
        let rig = Rig()
        rig.provider.answer { .tokens("access-\($0.number)", lifetime: 7 * 86400) }
        for _ in 0..<(24 * 60 * 6) {
            #expect(try await call(rig) { _ in true }.hasPrefix("access-"))
            _ = try await call(rig) { _ in false }
            rig.clock.advance(by: .seconds(10))
        }
        #expect(rig.provider.calls.count <= 110, "\(rig.provider.calls.count) exchanges in a day")
    }

    @Test func `An acceptance ends the doubt and not the pause`() async throws {
        let rig = Rig()
        _ = try await rig.token
        _ = try await call(rig) { _ in false }
        #expect(try await call(rig) { _ in true } == "access-2")
        #expect(try await call(rig) { $0 != "access-2" } == "401 for access-2")
        rig.clock.advance(by: .seconds(61))
        #expect(try await call(rig) { $0 != "access-2" } == "access-3")
    }

    @Test func `A rejected token whose renewal fails goes on being served, and the provider's answer is returned`()
        async throws
    {
        let rig = Rig()
        _ = try await rig.token
        rig.provider.answer { _ in .json(503, "{}", headers: ["Retry-After": "60"]) }
        #expect(try await call(rig) { _ in false } == "401 for access-1")
        #expect(rig.session.status.standing == .suspect)
        #expect(try await rig.token == "access-1")
        let calls = rig.provider.calls.count
        for _ in 0..<50 { #expect(try await call(rig) { _ in false } == "401 for access-1") }
        #expect(rig.provider.calls.count == calls, "nothing is asked while the session backs off")
        rig.provider.answer { .tokens("access-\($0.number)") }
        rig.clock.advance(by: .seconds(61))
        #expect(try await call(rig) { $0 != "access-1" }.hasPrefix("access-"))
    }

    @Test func `A thrown rejection counts, and comes back if the second attempt is turned away too`() async throws {
        let rig = Rig()
        _ = try await rig.token
        let value = try await rig.session.withAccessToken { token in
            if token.value.revealed == "access-1" { throw TokenRejection() }
            return TokenSession.Attempt.accepted(token.value.revealed)
        }
        #expect(value == "access-2")
        await #expect(throws: TokenRejection.self) {
            try await rig.session.withAccessToken { _ -> TokenSession.Attempt<String> in throw TokenRejection() }
        }
    }

    @Test func `An error of the operation is the caller's own and renews nothing`() async throws {
        struct Mine: Error {}
        let rig = Rig()
        await #expect(throws: Mine.self) {
            try await rig.session.withAccessToken { _ -> TokenSession.Attempt<String> in throw Mine() }
        }
        #expect(rig.provider.calls.count == 1)
    }
}
