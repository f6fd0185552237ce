import OAuthDialects
import OAuthDialectsTesting
import Testing

struct SandboxWordsTests {
    @Test func `What was wrong reaches whoever reads the error, as one sentence`() async {
        let sandbox = ProviderSandbox(.weTix)
        let session = TokenSession(
            dialect: sandbox.dialect(),
            credentials: ClientCredentials(id: sandbox.credentials.id, secret: "another"),
            transport: sandbox,
            clock: sandbox.clock
        )
        let failure = await #expect(throws: TokenError.self) { try await session.accessToken() }
        let words = "HTTP 401, invalid_client, The client secret is wrong."
        #expect(failure?.message == "The provider wetix refused the token request: \(words)")
    }
}
