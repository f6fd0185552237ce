import Foundation
import NewDialect
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Source: https://developer.paypal.com/api/rest/authentication/, which shows the request and the answer.
struct PayPalTests {
    private static let client = ClientCredentials(id: "CLIENT_ID", secret: "CLIENT_SECRET")

    @Test func `PayPal's dialect conforms`() async {
        let documented = DocumentedRequest(
            .clientCredentials(),
            by: Self.client,
            url: "https://api-m.sandbox.paypal.com/v1/oauth2/token",
            headers: [
                "Authorization": "Basic Q0xJRU5UX0lEOkNMSUVOVF9TRUNSRVQ=",
                "Content-Type": "application/x-www-form-urlencoded",
            ],
            body: "grant_type=client_credentials"
        )
        let report = await conformance(of: PayPalDialect(), documented: [documented])
        #expect(report.passes, "\(report)")
    }

    @Test func `The answer of the documents is read`() throws {
        let answer = #"""
            {"scope":"scope","access_token":"Access-Token","token_type":"Bearer","app_id":"APP-80W284485P519543T",
            "expires_in":31349,"nonce":"nonce"}
            """#
        let exchange = TokenExchange(grant: .clientCredentials(), credentials: Self.client, date: Date())
        let tokens = try PayPalDialect().tokens(in: WireResponse(status: 200, body: Data(answer.utf8)), for: exchange)
        #expect(tokens.accessToken == "Access-Token" && tokens.lifetime == .seconds(31349))
        #expect(tokens.refreshToken == nil && tokens.scopes == ["scope"])
    }
}
