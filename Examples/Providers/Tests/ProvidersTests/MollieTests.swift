import Foundation
import OAuthDialects
import Providers
import Testing

struct MollieTests {
    private let mollie = Example(
        MollieDialect(),
        id: "app_j9Pakf56Ajta6Y65AkdTtAv",
        secret: "S5lTvMDTjl95HGnwYmsszDtbMp8QBE2lLcRJbD7I",
        (
            .code("auth_IbyEKUrXmGW1J8hPg6Ciyo4aaU6OAu"),
            request("grant_type=authorization_code&code=auth_IbyEKUrXmGW1J8hPg6Ciyo4aaU6OAu")
        ),
        (
            .refresh("refresh_FS4xc3Mgci2xQ5s5DzaLXh3HhaTZOP"),
            request("grant_type=refresh_token&refresh_token=refresh_FS4xc3Mgci2xQ5s5DzaLXh3HhaTZOP")
        )
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://api.mollie.com/oauth2/tokens
        \(basic("app_j9Pakf56Ajta6Y65AkdTtAv", "S5lTvMDTjl95HGnwYmsszDtbMp8QBE2lLcRJbD7I"))
        \(form)

        \(fields)
        """
    }

    @Test func `Mollie's requests`() async throws {
        try mollie.sendsWhatIsDocumented()
        #expect(try mollie.sendsRawBasic())
        let signIn = try await mollie.signIn("payments.read", "organizations.read")
        #expect(signIn.address == "https://my.mollie.com/oauth2/authorize" && signIn.fields["code_challenge"] == nil)
        #expect(signIn.fields["scope"] == "payments.read organizations.read")
        let revocation = try mollie.revocation()
        #expect(revocation.line == "DELETE https://api.mollie.com/oauth2/tokens")
        #expect(revocation.fields == ["token=REFRESH", "token_type_hint=refresh_token"])
        #expect(revocation.headers["authorization"]?.hasPrefix("Basic ") == true)
    }

    @Test func `Mollie wants the redirect URI again with a refresh token`() throws {
        let uri = "https://app.example/callback"
        let example = Example(MollieDialect(redirectURI: uri), (.refresh(), ""), (.code(redirectURI: uri), ""))
        for (grant, _) in example.requests {
            let sent = try ShownRequest(example.dialect.request(for: example.exchange(grant)))
            #expect(sent.fields.filter { $0 == "redirect_uri=\(uri)" }.count == 1)
        }
    }

    @Test func `Mollie's answer`() throws {
        let tokens = try mollie.tokens(
            #"""
            {"access_token":"access_46EUJ6x8jFJZZeAvhNH4JVey6qVpqR",
            "refresh_token":"refresh_FS4xc3Mgci2xQ5s5DzaLXh3HhaTZOP","expires_in":3600,"token_type":"bearer",
            "scope":"payments.read organizations.read"}
            """#
        )
        #expect(tokens.lifetime == .seconds(3600) && tokens.scopes == ["payments.read", "organizations.read"])
        #expect(tokens.refreshToken?.value == "refresh_FS4xc3Mgci2xQ5s5DzaLXh3HhaTZOP")
    }

    @Test func `Mollie's refusals`() throws {
        let body = #"{"error":"invalid_request","error_description":"The grant type was not specified in the request"}"#
        #expect(try mollie.meaning(400, body) == .fix)
        #expect(
            mollie.rejects(401, #"{"status":401,"title":"Unauthorized Request","detail":"Missing authentication"}"#)
        )
        #expect(mollie.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `Mollie's dialect conforms`() async throws { try await mollie.conforms() }
}
