import Foundation
import OAuthDialects
import Providers
import Testing

struct PlentymarketsTests {
    private let plentymarkets = Example(
        PlentymarketsDialect(host: "myplentyshop.com"),
        id: "myUsername",
        secret: "myPassword",
        (
            .clientCredentials(),
            """
            POST https://myplentyshop.com/rest/login
            \(json)
            Accept: application/json

            {
                "username": "myUsername",
                "password": "myPassword"
            }
            """
        )
    )

    @Test func `plentymarkets' requests`() throws {
        try plentymarkets.sendsWhatIsDocumented()
        let request = try plentymarkets.authorized("https://myplentyshop.com/rest/items")
        #expect(request.headers["Authorization"] == "Bearer TOKEN")
    }

    @Test(arguments: [
        #"{"token_type":"Bearer","expires_in":86400,"access_token":"eyJ0eXAi","refresh_token":"def50200"}"#,
        #"{"accessToken":"eyJ0eXAi","tokenType":"Bearer","expiresIn":86400,"refreshToken":"def50200"}"#,
    ])
    func `plentymarkets' answers, in two spellings`(body: String) throws {
        let tokens = try plentymarkets.tokens(body)
        #expect(tokens.accessToken == "eyJ0eXAi" && tokens.lifetime == .seconds(86400))
        #expect(tokens.refreshToken?.value == "def50200")
    }

    @Test func `plentymarkets' refusal when too many are logged in`() throws {
        let body = #"{"error":"too_many_concurrent_sessions","max_current_sessions":3,"message":"Too many users."}"#
        #expect(try plentymarkets.meaning(429, body) == .later)
        #expect(plentymarkets.rejects(401))
    }

    @Test func `plentymarkets' dialect conforms`() async throws { try await plentymarkets.conforms() }
}
