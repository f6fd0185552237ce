import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct BeginSignInTests {
    /// A source of credentials that does not return.
    private struct Silent: CredentialsSource {
        func credentials() async throws -> ClientCredentials {
            // Detached: whoever cancels the caller does not end it.
            try await Task.detached { try await Task.sleep(for: .seconds(3600)) }.value
            return SignInSample.client
        }
    }

    private static let back = "https://app.example/callback"

    private func rig(_ source: any CredentialsSource) throws -> Rig {
        Rig(
            dialect: .tiki(.production),
            credentials: source,
            identity: .user(try SignInSample.account(), scopes: ["order"])
        )
    }

    @Test func `The URL has the parameters that the app adds`() async throws {
        let session = try rig(SignInSample.client).session
        let attempt = try await session.beginSignIn(
            redirectURI: Self.back,
            parameters: ["prompt": "login", "a": "b c"]
        )
        #expect(attempt.url.parameters["prompt"] == "login")
        #expect(attempt.url.parameters["a"] == "b c")
        #expect(attempt.redirectURI == Self.back)
    }

    @Test(arguments: [
        "state", "client_id", "redirect_uri", "response_type", "scope", "code_challenge", "code_challenge_method",
        "code_verifier", "client_secret", "request", "request_uri", "State", "clientId", "",
    ])
    func `A parameter of the protocol can't be replaced or added`(_ name: String) async throws {
        for dialect: any ProviderDialect in [.tiki(.production), .revenueMonster(.sandbox)] {
            let identity = Identity.user(try SignInSample.account(), scopes: ["order"])
            let rig = Rig(dialect: dialect, credentials: SignInSample.client, identity: identity)
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.beginSignIn(redirectURI: Self.back, parameters: [name: "canary"])
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.action == .fix)
            #expect(error.map { "\($0)".contains("canary") } == false)
        }
    }

    @Test func `A cancelled sign-in leaves at once with a cancellation`() async throws {
        let session = try rig(Silent()).session
        let task = Task { try await session.beginSignIn(redirectURI: Self.back) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `A source of credentials that does not return ends at its deadline`() async throws {
        let rig = try rig(Silent())
        let session = rig.session
        let task = Task { try await session.beginSignIn(redirectURI: Self.back) }
        try await rig.clock.waitForSleepers()
        rig.clock.advance(by: .seconds(60))
        let error = await #expect(throws: TokenError.self) { try await task.value }
        #expect(error?.code == .invalidCredentials)
        #expect(error?.isTransient == true)
    }
}
