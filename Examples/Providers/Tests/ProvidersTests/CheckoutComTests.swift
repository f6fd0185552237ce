import Foundation
import OAuthDialects
import Providers
import Testing

struct CheckoutComTests {
    private let checkout = Example(
        CheckoutComDialect(isSandbox: true),
        id: "ack_id",
        // The fields that Checkout.com's SDKs send; its page shows HTTP Basic.
        (
            .clientCredentials(scopes: ["gateway", "balances"]),
            """
            POST https://access.sandbox.checkout.com/connect/token
            \(form)
            Accept: application/json

            grant_type=client_credentials&client_id=ack_id&client_secret=CLIENT_SECRET&scope=gateway+balances
            """
        )
    )

    @Test func `Checkout.com's requests`() throws {
        try checkout.sendsWhatIsDocumented()
        let production = Example(CheckoutComDialect(), (.clientCredentials(), ""))
        let url = try production.dialect.request(for: production.exchange()).url
        #expect(url.absoluteString == "https://access.checkout.com/connect/token")
        #expect(throws: Never.self) { try production.authorized("https://api.checkout.com/payments") }
        #expect(throws: Never.self) { try checkout.authorized("https://api.sandbox.checkout.com/payments") }
    }

    @Test func `Checkout.com's answer`() throws {
        let tokens = try checkout.tokens(
            #"{"access_token":"eyJhbGciOiJSUzI1NiIsImtpZCI6","expires_in":3600,"token_type":"Bearer","scope":"gateway"}"#
        )
        #expect(tokens.lifetime == .seconds(3600) && tokens.scopes == ["gateway"])
    }

    @Test func `Checkout.com's refusals`() throws {
        #expect(try checkout.meaning(400, #"{"error":"invalid_client"}"#) == .fix)
        #expect(checkout.rejects(401) && !checkout.rejects(422))
    }

    @Test func `Checkout.com's dialect conforms`() async throws { try await checkout.conforms() }
}
