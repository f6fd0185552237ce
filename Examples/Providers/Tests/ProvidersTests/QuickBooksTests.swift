import Foundation
import OAuthDialects
import Providers
import Testing

struct QuickBooksTests {
    private let quickBooks = Example(
        QuickBooksDialect(),
        // The shape of Intuit's SDK; its pages' own example could not be read.
        (
            .refresh("sample_refresh_token"),
            """
            POST https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer
            \(basic())
            \(form)
            Accept: application/json

            grant_type=refresh_token&refresh_token=sample_refresh_token
            """
        ),
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            POST https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer
            \(basic())
            \(form)
            Accept: application/json

            grant_type=authorization_code&code=CODE&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback
            """
        )
    )

    @Test func `QuickBooks' requests`() async throws {
        try quickBooks.sendsWhatIsDocumented()
        #expect(try quickBooks.sendsRawBasic())
        let signIn = try await quickBooks.signIn("com.intuit.quickbooks.accounting", "openid")
        #expect(
            signIn.address == "https://appcenter.intuit.com/connect/oauth2" && signIn.fields["code_challenge"] == nil
        )
        #expect(signIn.fields["scope"] == "com.intuit.quickbooks.accounting openid")
        #expect(throws: Never.self) {
            try quickBooks.authorized("https://quickbooks.api.intuit.com/v3/company/1/item/2")
        }
        let sandbox = Example(QuickBooksDialect(isSandbox: true))
        #expect(throws: Never.self) { try sandbox.authorized("https://sandbox-quickbooks.api.intuit.com/v3/company/1") }
        #expect(throws: TokenError.self) { try sandbox.authorized("https://quickbooks.api.intuit.com/v3/company/1") }
    }

    @Test func `QuickBooks' answer`() throws {
        let tokens = try quickBooks.tokens(
            #"""
            {"id_token":"sample_id_token","expires_in":3600,"token_type":"bearer","x_refresh_token_expires_in":8726400,
            "refresh_token":"sample_refresh_token","access_token":"sample_access_token"}
            """#
        )
        #expect(tokens.accessToken == "sample_access_token" && tokens.refreshToken?.value == "sample_refresh_token")
        #expect(tokens.lifetime == .seconds(3600) && tokens.refreshTokenLifetime == .seconds(8_726_400))
        #expect(tokens.idToken == "sample_id_token")
    }

    @Test func `QuickBooks' refusals`() throws {
        #expect(try quickBooks.meaning(400, #"{"error_description":"Token invalid","error":"invalid_grant"}"#) == .dead)
        #expect(try quickBooks.meaning(401, #"{"error":"invalid_client"}"#) == .fix)
        #expect(quickBooks.rejects(401) && !quickBooks.rejects(403))
        #expect(quickBooks.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test func `QuickBooks' dialect conforms`() async throws { try await quickBooks.conforms() }
}
