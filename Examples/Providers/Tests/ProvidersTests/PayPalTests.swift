import Foundation
import OAuthDialects
import Providers
import Testing

struct PayPalTests {
    private let payPal = Example(
        PayPalDialect(isSandbox: true),
        (.clientCredentials(), Self.request("grant_type=client_credentials")),
        // The archived SDK's page, with the host of today and without `response_type=token`, which is its mobile variant's.
        (
            .code("EBYhRW3ncivudQn8UopLp4A28...", redirectURI: "urn:ietf:wg:oauth:2.0:oob"),
            Self.request(
                "grant_type=authorization_code&redirect_uri=urn:ietf:wg:oauth:2.0:oob&code=EBYhRW3ncivudQn8UopLp4A28..."
            )
        ),
        (.refresh("MFYQ..."), Self.request("grant_type=refresh_token&refresh_token=MFYQ..."))
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://api-m.sandbox.paypal.com/v1/oauth2/token
        Authorization: Basic Q0xJRU5UX0lEOkNMSUVOVF9TRUNSRVQ=
        \(form)

        \(fields)
        """
    }

    @Test func `PayPal's requests`() throws {
        try payPal.sendsWhatIsDocumented()
        #expect(try payPal.sendsRawBasic())
        let request = try PayPalDialect().request(for: payPal.exchange())
        #expect(request.url.absoluteString == "https://api-m.paypal.com/v1/oauth2/token")
        #expect(throws: Never.self) { try Example(PayPalDialect()).authorized("https://api-m.paypal.com/v2/invoicing") }
        #expect(throws: TokenError.self) { try payPal.authorized("https://api-m.paypal.com/v2/invoicing") }
    }

    @Test func `PayPal's answers`() throws {
        let client = try payPal.tokens(
            #"""
            {"scope":" openid**","access_token":"A21AAFEpH4PsADK7qSS7pSRsgzfENtu-Q1ysgEDVDESseMHBYXVJYE8ovjj68elIDy8nF26AwPhf",
            "token_type":"Bearer","app_id":"APP-80W284485P519543T","expires_in":31668,
            "nonce":"2020-04-03T15:35:36ZaYZlGvEkV4yVSz8g6bAKFoGSEzuy3CQcz3ljhibkOHg"}
            """#
        )
        #expect(client.lifetime == .seconds(31668) && client.scopes == ["openid**"] && client.refreshToken == nil)
        #expect(client.said["app_id"] == "APP-80W284485P519543T" && client.said["nonce"]?.hasPrefix("2020") == true)
        let user = try payPal.tokens(
            #"{"access_token":"6oyryV79E","expires_in":900,"refresh_token":"MFYQJTPW3z","scope":"a b","token_type":"Bearer"}"#
        )
        #expect(user.refreshToken?.value == "MFYQJTPW3z" && user.scopes == ["a", "b"])
    }

    @Test func `PayPal's refusals are RFC 6749's`() throws {
        #expect(try payPal.meaning(401, #"{"error":"invalid_client","error_description":"…"}"#) == .fix)
        #expect(try payPal.meaning(400, #"{"error":"invalid_grant"}"#, for: .refresh()) == .dead)
        #expect(payPal.rejects(401, #"{"name":"AUTHENTICATION_FAILURE","message":"…","debug_id":"1"}"#))
        #expect(payPal.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `PayPal's dialect conforms`() async throws { try await payPal.conforms() }
}
