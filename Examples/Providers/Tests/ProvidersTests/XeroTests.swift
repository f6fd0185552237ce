import Foundation
import OAuthDialects
import Providers
import Testing

struct XeroTests {
    private let xero = Example(
        XeroDialect(),
        // The shape of Xero's SDKs; its pages' own example could not be read.
        (
            .code(redirectURI: "https://app.example/callback"),
            Self.request("grant_type=authorization_code&code=CODE&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback")
        ),
        (.refresh(), Self.request("grant_type=refresh_token&refresh_token=REFRESH_TOKEN")),
        (
            .clientCredentials(scopes: ["accounting.settings"]),
            Self.request("grant_type=client_credentials&scope=accounting.settings")
        )
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://identity.xero.com/connect/token
        \(basic())
        \(form)

        \(fields)
        """
    }

    @Test func `Xero's requests`() async throws {
        try xero.sendsWhatIsDocumented()
        #expect(try xero.sendsRawBasic())
        let signIn = try await xero.signIn("openid", "accounting.transactions")
        #expect(
            signIn.address == "https://login.xero.com/identity/connect/authorize"
                && signIn.fields["code_challenge"] == nil
        )
        #expect(signIn.fields["scope"] == "openid accounting.transactions offline_access")
        let revocation = try xero.revocation()
        #expect(revocation.line == "POST https://identity.xero.com/connect/revocation")
        #expect(revocation.fields.contains("token=REFRESH") && revocation.headers["authorization"] != nil)
    }

    @Test(arguments: [#"["email","offline_access"]"#, #""email offline_access""#])
    func `Xero's answers: scopes in a list or a text`(scopes: String) throws {
        let tokens = try xero.tokens(
            #"""
            {"id_token":"xxx.yyy.zz","access_token":"xxx.yyy.zzz","expires_in":1800,"token_type":"Bearer",
            "refresh_token":"xxxxxxxxx","scope":\#(scopes)}
            """#
        )
        #expect(tokens.lifetime == .seconds(1800) && tokens.scopes == ["email", "offline_access"])
        #expect(tokens.refreshToken?.value == "xxxxxxxxx" && tokens.idToken == "xxx.yyy.zz")
    }

    @Test func `Xero's refusals`() throws {
        #expect(try xero.meaning(400, #"{"error":"invalid_client"}"#) == .fix)
        #expect(try xero.meaning(400, #"{"error":"unsupported_grant_type"}"#) == .fix)
        #expect(try xero.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        #expect(xero.rejects(401) && !xero.rejects(403, #"{"title":"Forbidden","status":403}"#))
        #expect(xero.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test func `Xero's dialect conforms`() async throws { try await xero.conforms() }
}
