import Foundation
import OAuthDialects
import Providers
import Testing

struct CloverTests {
    private let clover = Example(
        CloverDialect(),
        date: Date(timeIntervalSince1970: 1_709_498_073),
        (
            .code("{AUTHORIZATION_CODE}", redirectURI: "https://www.example.com/oauth_callback"),
            """
            POST https://api.clover.com/oauth/v2/token
            \(json)

            { "client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET", "code": "{AUTHORIZATION_CODE}" }
            """
        ),
        (
            .refresh("{REFRESH_TOKEN}"),
            """
            POST https://api.clover.com/oauth/v2/refresh
            \(json)

            { "client_id": "CLIENT_ID", "refresh_token": "{REFRESH_TOKEN}" }
            """
        )
    )

    @Test func `Clover's requests`() async throws {
        try clover.sendsWhatIsDocumented()
        let signIn = try await Example(CloverDialect(.europe)).signIn()
        #expect(
            signIn.address == "https://www.eu.clover.com/oauth/v2/authorize" && signIn.fields["code_challenge"] == nil
        )
        let latin = Example(CloverDialect(.latinAmerica), (.code(), ""))
        #expect(try latin.dialect.request(for: latin.exchange()).url.host() == "api.la.clover.com")
        #expect(throws: Never.self) { try latin.authorized("https://api.la.clover.com/v3/merchants/1") }
    }

    @Test func `Clover's answer: two dates of expiry`() throws {
        let tokens = try clover.tokens(
            #"""
            {"access_token":"{ACCESS_TOKEN}","access_token_expiration":1709498373,"refresh_token":"{REFRESH_TOKEN}",
            "refresh_token_expiration":1741034373}
            """#
        )
        #expect(tokens.lifetime == .seconds(300) && tokens.refreshTokenLifetime == .seconds(31_536_300))
        #expect(tokens.refreshToken?.value == "{REFRESH_TOKEN}")
        #expect(clover.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test func `Clover's refusals`() throws {
        #expect(try clover.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        #expect(try clover.meaning(401, #"{"message":"…"}"#) == .later)
        #expect(clover.rejects(401))
    }

    @Test func `Clover's dialect conforms`() async throws {
        try await clover.conforms(excusing: [.secretPlaces: "A refresh token is presented without the secret."])
    }
}
