import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// The sandbox plays a provider by its dialect's conventions.
@Suite(.timeLimit(.minutes(2)))
struct SandboxHabitTests {
    private static let users = Habit.all.filter { $0.grants.contains("authorization_code") }
    private static let clients = Habit.all.filter { $0.grants.contains("client_credentials") }
    private static let route = WireRequest("GET", URL(string: "https://sandbox.example/orders")!)

    private func sandbox(_ habit: Habit) -> ProviderSandbox {
        let sandbox = ProviderSandbox(.speaking(habit))
        sandbox.stub("GET", "/orders", json: "[]")
        return sandbox
    }

    @Test(arguments: users)
    func `A user signs in, stays signed in, and signs out`(habit: Habit) async throws {
        let sandbox = sandbox(habit)
        let session = sandbox.session(identity: .user(try Account("ann"), scopes: ["read"]))
        let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback")
        try await session.finishSignIn(attempt, callback: try sandbox.signIn(at: attempt.url))
        #expect(try await session.send(Self.route).text == "[]")
        if habit.grants.contains("refresh_token") {
            sandbox.revokeAccessTokens()
            #expect(try await session.send(Self.route).text == "[]")
            sandbox.advance(by: .seconds(3600))
            #expect(try await session.send(Self.route).text == "[]")
            #expect(sandbox.counters.tokenRequests(of: "refresh_token") == 2)
            #expect(sandbox.counters.rejections == 1)
        }
        #expect(try await session.signOut(revoking: true) == .revoked)
        #expect(sandbox.complaints == [])
    }

    @Test(arguments: clients)
    func `A client gets a token, and another one when it has expired`(habit: Habit) async throws {
        let sandbox = sandbox(habit)
        let session = sandbox.session(identity: .client(scopes: ["read", "write"]))
        #expect(try await session.send(Self.route).text == "[]")
        sandbox.advance(by: .seconds(3600))
        #expect(try await session.send(Self.route).text == "[]")
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 2)
        #expect(sandbox.complaints == [])
    }

    @Test(arguments: users.filter { $0.grants.contains("refresh_token") })
    func `A dead sign-in is reported, and an unknown word is not one`(habit: Habit) async throws {
        let sandbox = sandbox(habit)
        let session = sandbox.session(identity: .user(try Account("ann"), scopes: ["read"]))
        let attempt = try await session.beginSignIn(redirectURI: "https://app.example/callback")
        try await session.finishSignIn(attempt, callback: try sandbox.signIn(at: attempt.url))
        #expect(try await session.send(Self.route).text == "[]")
        sandbox.advance(by: .seconds(3600))
        sandbox.failNext(.unknownRefusal, at: .tokenEndpoints)
        let unknown = await #expect(throws: TokenError.self) { try await session.accessToken() }
        #expect(unknown?.code == .refused)
        sandbox.advance(by: .seconds(600))
        #expect(try await session.send(Self.route).text == "[]")
        // Until 5 s after its end, a refusal counts as early.
        sandbox.advance(by: .seconds(3606))
        sandbox.revokeRefreshTokens()
        let dead = await #expect(throws: TokenError.self) { try await session.accessToken() }
        #expect(dead?.code == .signInRequired)
    }
}
