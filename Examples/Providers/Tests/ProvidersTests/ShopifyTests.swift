import Foundation
import OAuthDialects
import Providers
import Testing

struct ShopifyTests {
    private let shopify = Example(
        ShopifyDialect(shop: "example"),
        id: "{client_id}",
        secret: "{client_secret}",
        (.code("{authorization_code}"), Self.request("code={authorization_code}&expiring=1")),
        (.refresh("{refresh_token}"), Self.request("grant_type=refresh_token&refresh_token={refresh_token}")),
        (.clientCredentials(), Self.request("grant_type=client_credentials"))
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://example.myshopify.com/admin/oauth/access_token
        \(form)
        Accept: application/json

        client_id={client_id}&client_secret={client_secret}&\(fields)
        """
    }

    @Test func `Shopify's requests`() async throws {
        try shopify.sendsWhatIsDocumented()
        #expect(shopify.dialect.name == "shopify-example")
        let signIn = try await shopify.signIn("write_orders", "read_customers")
        #expect(signIn.address == "https://example.myshopify.com/admin/oauth/authorize")
        #expect(signIn.fields["scope"] == "write_orders,read_customers" && signIn.fields["code_challenge"] == nil)
        let code = Grant.code(redirectURI: "https://app.example/callback")
        #expect(
            try !ShownRequest(shopify.dialect.request(for: shopify.exchange(code))).fields.contains {
                $0.contains("app.")
            }
        )
        let request = try shopify.authorized("https://example.myshopify.com/admin/api/2026-10/graphql.json")
        #expect(request.headers["X-Shopify-Access-Token"] == "TOKEN" && request.headers["Authorization"] == nil)
    }

    @Test(arguments: ["evil.example/", "a@evil.example/", "a.evil.example:1/?"])
    func `A shop that is no name gets nothing`(shop: String) {
        #expect(throws: TokenError.self) { try Example(ShopifyDialect(shop: shop)).authorized("https://evil.example/") }
    }

    @Test func `Shopify's answers: offline, online, and without an end`() throws {
        let offline = try shopify.tokens(
            #"""
            {"access_token":"f85632530bf277ec9ac6f649fc327f17","scope":"write_orders,read_customers","expires_in":3600,
            "refresh_token":"shprt_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","refresh_token_expires_in":7776000}
            """#
        )
        #expect(offline.lifetime == .seconds(3600) && offline.refreshTokenLifetime == .seconds(7_776_000))
        #expect(offline.scopes == ["write_orders", "read_customers"])
        let online = try shopify.tokens(
            #"""
            {"access_token":"f85632530bf277ec9ac6f649fc327f17","scope":"write_orders,read_customers","expires_in":86399,
            "associated_user_scope":"write_orders","associated_user":{"id":902541635,"first_name":"John"}}
            """#
        )
        #expect(online.said == ["associated_user.id": "902541635", "associated_user_scope": "write_orders"])
        #expect(try shopify.tokens(#"{"access_token":"f8","scope":"write_orders"}"#).lifetime == nil)
        #expect(shopify.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test func `Shopify's refusals`() throws {
        let dead = #"{"error":"invalid_request","error_description":"This request requires an active refresh_token"}"#
        #expect(try shopify.meaning(401, dead, for: .refresh()) == .dead)
        #expect(try shopify.meaning(400, #"{"error":"invalid_grant"}"#, for: .refresh()) == .dead)
        #expect(try shopify.meaning(400, #"{"error":"invalid_client"}"#) == .fix)
        #expect(try shopify.meaning(400, #"{"error":"invalid_subject_token"}"#) == .dead)
        #expect(try shopify.meaning(400, #"{"error":"app_not_installed"}"#, for: .clientCredentials()) == .fix)
        #expect(try shopify.meaning(400, #"{"error":"shop_not_permitted"}"#, for: .clientCredentials()) == .fix)
        #expect(try shopify.meaning(400, #"{"error":"application_cannot_be_found"}"#) == .later)
        #expect(shopify.rejects(401, #"{"errors":"[API] Invalid API key or access token (unrecognized login)"}"#))
        #expect(!shopify.rejects(403, #"{"errors":"User does not have access"}"#))
    }

    @Test func `Shopify's dialect conforms`() async throws { try await shopify.conforms() }
}
