import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

struct SignInAttemptsTests {
    private let clock = TestClock()

    private func code(_ body: () async throws -> some Any) async -> TokenError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? TokenError)?.code
        }
    }

    @Test func `An attempt is given out once`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let attempt = try SignInSample.attempt()
        try await attempts.keep(attempt)
        let url = try SignInSample.callback(attempt)
        #expect(try await attempts.take(for: url) == attempt)
        #expect(await code { try await attempts.take(for: url) } == .signInExpired)
        #expect(await attempts.count == 0)
    }

    @Test func `Of fifty callbacks at once one gets the attempt`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let attempt = try SignInSample.attempt()
        try await attempts.keep(attempt)
        let url = try SignInSample.callback(attempt)
        let taken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { (try? await attempts.take(for: url)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
    }

    @Test func `An attempt is over after ten minutes`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let attempt = try SignInSample.attempt()
        try await attempts.keep(attempt)
        clock.advance(by: .seconds(599))
        #expect(await attempts.count == 1)
        clock.advance(by: .seconds(1))
        #expect(await code { try await attempts.take(for: SignInSample.callback(attempt)) } == .signInExpired)
        #expect(await attempts.count == 0)
    }

    @Test func `A callback without state, or with an unknown one, finds nothing and takes nothing`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let attempt = try SignInSample.attempt()
        try await attempts.keep(attempt)
        for (query, expected) in [
            ("", TokenError.Code.invalidCallback), ("?code=c", .invalidCallback), ("?state=", .invalidCallback),
            ("?state=x", .signInExpired), ("?state=a&state=b", .invalidCallback), ("?state=%ff", .invalidCallback),
        ] {
            #expect(await code { try await attempts.take(for: Sample.url(SignInSample.back + query)) } == expected)
        }
        #expect(await attempts.count == 1)
    }

    @Test func `Another browser can't finish a sign-in`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let attempt = try SignInSample.attempt()
        try await attempts.keep(attempt, boundTo: "browser-1")
        let url = try SignInSample.callback(attempt)
        #expect(await code { try await attempts.take(for: url, boundTo: "browser-2") } == .invalidCallback)
        #expect(await code { try await attempts.take(for: url, boundTo: "browser-1") } == .signInExpired)
    }

    @Test func `The oldest makes room, and what is over is dropped`() async throws {
        let few = SignInAttempts(capacity: 3, clock: clock)
        let some = try (0..<4).map { _ in try SignInSample.attempt() }
        for attempt in some { try await few.keep(attempt) }
        #expect(await few.count == 3)
        #expect(await code { try await few.take(for: SignInSample.callback(some[0])) } == .signInExpired)
        _ = try await few.take(for: SignInSample.callback(some[1]))

        let many = SignInAttempts(capacity: 1000, clock: clock)
        let template = try SignInSample.attempt()
        for _ in 0..<2100 { try await many.keep(template.withAnotherState()) }
        #expect(await many.count == 1000)
        clock.advance(by: .seconds(600))
        try await many.keep(template)
        #expect(await many.count == 1)
        #expect(SignInAttempts.capacity == 10_000)
    }

    @Test func `Ten thousand sign-ins from one browser evict only that browser's`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let template = try SignInSample.attempt()
        try await attempts.keep(template, boundTo: "ann")
        let early = try template.withAnotherState()
        try await attempts.keep(early, boundTo: "mallory")
        for _ in 0..<10_000 { try await attempts.keep(template.withAnotherState(), boundTo: "mallory") }
        #expect(await attempts.count == 1 + 16)
        #expect(await code { try await attempts.take(for: SignInSample.callback(early), boundTo: "mallory") } != nil)
        let url = try SignInSample.callback(template)
        #expect(try await attempts.take(for: url, boundTo: "ann") == template)
        let last = try template.withAnotherState()
        try await attempts.keep(last, boundTo: "mallory")
        #expect(try await attempts.take(for: SignInSample.callback(last), boundTo: "mallory") == last)
    }

    @Test func `Two providers can't share a redirect URI while both are awaited`() async throws {
        let attempts = SignInAttempts(clock: clock)
        let tiki = try SignInSample.attempt()
        try await attempts.keep(tiki)
        try await attempts.keep(SignInSample.attempt())
        let other = try SignInSample.attempt(.revenueMonster(.production))
        #expect(await code { try await attempts.keep(other) } == .invalidRequest)
        let query = try SignInSample.attempt(.revenueMonster(.production), redirectURI: SignInSample.back + "?p=rm")
        #expect(await code { try await attempts.keep(query) } == .invalidRequest, "a parameter makes no other place")
        try await attempts.keep(
            SignInSample.attempt(.revenueMonster(.production), redirectURI: "https://app.example/callback/rm")
        )
        clock.advance(by: .seconds(600))
        try await attempts.keep(other)
    }
}

extension SignInAttempt {
    /// The same attempt with another state, made by way of its bytes.
    fileprivate func withAnotherState() throws -> Self {
        let text = String(decoding: try bytes, as: UTF8.self)
        return try Self(bytes: Data(text.replacing("\(state.revealed)\"", with: "\(UUID().uuidString)\"").utf8))
    }
}
