import Foundation
import OAuthDialects
import Providers
import Testing

struct BigCommerceTests {
    private let bigCommerce = Example(
        BigCommerceDialect(context: "stores/g5cd38", scopes: "store_v2_orders store_channel_listings_read_only"),
        (
            .code("qr6h3thvbvag2ffq", redirectURI: "https://your_app.example.com/auth"),
            """
            POST https://login.bigcommerce.com/oauth2/token
            Accept: application/json
            \(json)

            {
              "client_id": "CLIENT_ID",
              "client_secret": "CLIENT_SECRET",
              "code": "qr6h3thvbvag2ffq",
              "context": "stores/g5cd38",
              "scope": "store_v2_orders store_channel_listings_read_only",
              "grant_type": "authorization_code",
              "redirect_uri": "https://your_app.example.com/auth"
            }
            """
        )
    )

    @Test func `BigCommerce's requests`() throws {
        try bigCommerce.sendsWhatIsDocumented()
        let request = try bigCommerce.authorized("https://api.bigcommerce.com/stores/g5cd38/v3/catalog/products")
        #expect(request.headers["X-Auth-Token"] == "TOKEN" && request.headers["Authorization"] == nil)
    }

    @Test func `BigCommerce's answer: no lifetime, and the store`() throws {
        let tokens = try bigCommerce.tokens(
            #"""
            {"access_token":"xxxxalphanumstringxxxx","scope":"store_v2_orders store_channel_listings_read_only",
            "user":{"id":24654,"username":"merchant@example.com","email":"merchant@example.com"},
            "owner":{"id":12345,"username":"owner@example.com","email":"owner@example.com"},
            "context":"stores/g5cd38","account_uuid":"12345678-90ab-cdef-1234-567890abcdef"}
            """#
        )
        #expect(tokens.lifetime == nil && tokens.scopes == ["store_v2_orders", "store_channel_listings_read_only"])
        #expect(
            tokens.said == [
                "context": "stores/g5cd38", "account_uuid": "12345678-90ab-cdef-1234-567890abcdef", "user.id": "24654",
                "owner.id": "12345",
            ]
        )
    }

    @Test func `BigCommerce's refusals`() throws {
        #expect(try bigCommerce.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        #expect(bigCommerce.rejects(401) && !bigCommerce.rejects(403))
    }

    @Test func `BigCommerce's dialect conforms`() async throws { try await bigCommerce.conforms() }
}
