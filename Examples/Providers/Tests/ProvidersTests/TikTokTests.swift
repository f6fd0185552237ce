import Foundation
import OAuthDialects
import Providers
import Testing

struct TikTokTests {
    private let tikTok = Example(
        TikTokDialect(),
        id: "CLIENT_KEY",
        (.clientCredentials(), Self.request("grant_type=client_credentials")),
        (
            .code(redirectURI: "REDIRECT_URI"),
            Self.request("code=CODE&grant_type=authorization_code&redirect_uri=REDIRECT_URI")
        ),
        (.refresh(), Self.request("grant_type=refresh_token&refresh_token=REFRESH_TOKEN"))
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://open.tiktokapis.com/v2/oauth/token/
        \(form)

        client_key=CLIENT_KEY&client_secret=CLIENT_SECRET&\(fields)
        """
    }

    @Test func `TikTok's requests`() async throws {
        try tikTok.sendsWhatIsDocumented()
        let signIn = try await tikTok.signIn("user.info.basic", "video.list")
        #expect(signIn.address == "https://www.tiktok.com/v2/auth/authorize/" && signIn.fields["code_challenge"] == nil)
        #expect(signIn.fields["client_key"] == "CLIENT_KEY" && signIn.fields["client_id"] == nil)
        #expect(signIn.fields["scope"] == "user.info.basic,video.list")
    }

    @Test func `TikTok's answer`() throws {
        let tokens = try tikTok.tokens(
            #"""
            {"access_token":"act.example12345Example12345Example","expires_in":86400,
            "open_id":"afd97af1-b87b-48b9-ac98-410aghda5344","refresh_expires_in":31536000,
            "refresh_token":"rft.example12345Example12345Example","scope":"user.info.basic,video.list",
            "token_type":"Bearer"}
            """#
        )
        #expect(tokens.lifetime == .seconds(86400) && tokens.refreshTokenLifetime == .seconds(31_536_000))
        #expect(tokens.refreshToken?.value == "rft.example12345Example12345Example")
        #expect(tokens.scopes == ["user.info.basic", "video.list"])
        #expect(tokens.said == ["open_id": "afd97af1-b87b-48b9-ac98-410aghda5344"])
        #expect(tikTok.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test func `TikTok's refusals`() throws {
        func body(_ code: String) -> String { #"{"error":"\#(code)","error_description":"…","log_id":"2022"}"# }
        #expect(try tikTok.meaning(200, body("invalid_grant")) == .dead)
        #expect(try tikTok.meaning(200, body("invalid_request")) == .fix)
        #expect(try tikTok.meaning(200, body("server_error")) == .later)
        let rejection = #"{"data":{},"error":{"code":"access_token_invalid","message":"…","log_id":"2024"}}"#
        #expect(tikTok.rejects(401, rejection) && tikTok.rejects(200, rejection))
        #expect(!tikTok.rejects(200, #"{"data":{},"error":{"code":"ok","message":"","log_id":"2024"}}"#))
    }

    @Test func `TikTok's dialect conforms`() async throws { try await tikTok.conforms() }
}
