import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// RFC 9700, section 4.4: one authorization server makes the client give it the code of another.
@Suite(.timeLimit(.minutes(5)))
struct MixUpTests {
    private let honest = ProviderSandbox(.tiki, baseURL: URL(string: "https://honest.example")!)
    private let attacker = ProviderSandbox(.revenueMonster, baseURL: URL(string: "https://attacker.example")!)
    private let account: Account

    init() throws {
        account = try Account("merchant-42")
    }

    private func attempt(_ sandbox: ProviderSandbox, _ redirectURI: String) throws -> SignInAttempt {
        try sandbox.dialect().authorizationRequest(
            for: account,
            by: sandbox.credentials,
            redirectURI: redirectURI,
            scopes: ["order"],
            at: sandbox.clock.date
        )
    }

    /// The attacker's server sends the browser on to the honest one, with the state of the client's attempt at the attacker's.
    private func mixedUp(_ attempt: SignInAttempt, returningTo redirectURI: String) throws -> URL {
        var components = try #require(URLComponents(string: "https://honest.example/sc/oauth2/auth"))
        components.queryItems = [
            .init(name: "response_type", value: "code"), .init(name: "client_id", value: honest.credentials.id),
            .init(name: "redirect_uri", value: redirectURI), .init(name: "scope", value: "order"),
            .init(name: "state", value: attempt.state.revealed),
        ]
        return try honest.signIn(at: #require(components.url))
    }

    @Test func `With a redirect URI for each provider the honest one's code goes nowhere`() async throws {
        honest.redirectURIs = ["https://app.example/callback/honest"]
        let attempts = SignInAttempts(clock: attacker.clock)
        let attempt = try attempt(attacker, "https://app.example/callback/attacker")
        try await attempts.keep(attempt)
        let callback = try mixedUp(attempt, returningTo: "https://app.example/callback/honest")
        #expect(callback.parameters["code"] != nil, "the person did sign in at the honest provider")
        let session = attacker.session(identity: .user(account))
        let taken = try await attempts.take(for: callback)
        let error = await #expect(throws: TokenError.self) { try await session.finishSignIn(taken, callback: callback) }
        #expect(error?.code == .invalidCallback)
        #expect(attacker.counters.tokenRequests == 0, "the attacker has not seen the code")
        await #expect(throws: TokenError.self) { try await attempts.take(for: callback) }
    }

    @Test func `With one redirect URI for both the code would go astray, which is why it is refused`() async throws {
        let shared = "https://app.example/callback"
        let attempt = try attempt(attacker, shared)
        let callback = try mixedUp(attempt, returningTo: shared)
        _ = try attempt.grant(in: callback, at: attacker.clock.date)

        let attempts = SignInAttempts(clock: attacker.clock)
        try await attempts.keep(self.attempt(honest, shared))
        let error = await #expect(throws: TokenError.self) { try await attempts.keep(attempt) }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `An honest provider that names itself is seen even then`() throws {
        honest.issuer = "https://honest.example"
        let attempt = try attempt(attacker, "https://app.example/callback")
        let callback = try mixedUp(attempt, returningTo: "https://app.example/callback")
        #expect(tokenError { try attempt.grant(in: callback, at: attacker.clock.date) }?.code == .invalidCallback)
    }

    @Test func `A session takes no attempt of another account, provider or server`() async throws {
        let attempt = try attempt(honest, "https://app.example/callback/honest")
        let callback = try honest.signIn(at: attempt.url)
        let sessions = [
            honest.session(identity: .user(try Account("somebody-else"))), honest.session(),
            attacker.session(identity: .user(account)),
            honest.session(at: URL(string: "https://other.example")!, identity: .user(account)),
            honest.session(identity: .user(account, scopes: ["order", "product"])),
        ]
        for session in sessions {
            let error = await #expect(throws: TokenError.self) {
                try await session.finishSignIn(attempt, callback: callback)
            }
            #expect(error?.code == .invalidRequest)
        }
        #expect(honest.counters.tokenRequests + attacker.counters.tokenRequests == 0)
    }

    @Test func `An attempt that is finished again, also at once, sends its code once`() async throws {
        let attempt = try attempt(honest, "https://app.example/callback/honest")
        let callback = try honest.signIn(at: attempt.url)
        let session = honest.session(identity: .user(account))
        let finishes = (0..<8).map { _ in Task { try await session.finishSignIn(attempt, callback: callback) } }
        var failures: [TokenError] = []
        for finish in finishes {
            if case .failure(let error) = await finish.result { failures.append(try #require(error as? TokenError)) }
        }
        #expect(failures.count == 7 && failures.allSatisfy { $0.code == .signInExpired }, "\(failures)")
        #expect(honest.counters.tokenRequests == 1)
        _ = try await session.accessToken()
    }
}
