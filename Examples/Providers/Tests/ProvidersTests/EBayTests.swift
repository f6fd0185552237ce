import Foundation
import OAuthDialects
import Providers
import Testing

struct EBayTests {
    private let ebay = Example(
        EBayDialect(isSandbox: true, redirectNames: ["https://app.example/callback": "Your_Name-YourApp-SBX-abc"]),
        // The fields of eBay's pages and SDKs.
        (
            .clientCredentials(scopes: ["https://api.ebay.com/oauth/api_scope"]),
            Self.request("grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com%2Foauth%2Fapi_scope")
        ),
        (
            .code("v^1.1#i^1", redirectURI: "https://app.example/callback"),
            Self.request("grant_type=authorization_code&code=v%5E1.1%23i%5E1&redirect_uri=Your_Name-YourApp-SBX-abc")
        ),
        (.refresh("v^1.1#i^1#p^3"), Self.request("grant_type=refresh_token&refresh_token=v%5E1.1%23i%5E1%23p%5E3"))
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://api.sandbox.ebay.com/identity/v1/oauth2/token
        \(basic())
        \(form)

        \(fields)
        """
    }

    @Test func `eBay's requests`() async throws {
        try ebay.sendsWhatIsDocumented()
        #expect(try ebay.sendsRawBasic())
        let request = try EBayDialect().request(for: ebay.exchange())
        #expect(request.url.absoluteString == "https://api.ebay.com/identity/v1/oauth2/token")
        #expect(throws: Never.self) { try Example(EBayDialect()).authorized("https://api.ebay.com/sell/inventory/v1") }
        let signIn = try await ebay.signIn("https://api.ebay.com/oauth/api_scope/sell.inventory")
        #expect(
            signIn.address == "https://auth.sandbox.ebay.com/oauth2/authorize" && signIn.fields["code_challenge"] == nil
        )
    }

    @Test func `eBay's answers, whose type is a sentence`() throws {
        let user = try ebay.tokens(
            #"""
            {"access_token":"v^1.1#i^1#p^3#r^1...XzMjRV4xMjg0","expires_in":7200,
            "refresh_token":"v^1.1#i^1#p^3#r^1...zYjRV4xMjg0","refresh_token_expires_in":47304000,
            "token_type":"User Access Token"}
            """#
        )
        #expect(user.lifetime == .seconds(7200) && user.refreshTokenLifetime == .seconds(47_304_000))
        #expect(user.refreshToken?.value == "v^1.1#i^1#p^3#r^1...zYjRV4xMjg0")
        let app = try ebay.tokens(
            #"{"access_token":"v^1.1#i^1","token_type":"Application Access Token","expires_in":7200,"refresh_token":"N/A"}"#
        )
        #expect(app.refreshToken == nil && app.lifetime == .seconds(7200))
    }

    @Test func `eBay's refusals`() throws {
        let words = "the provided authorization grant code is invalid or was issued to another client"
        let body = #"{"error":"invalid_grant","error_description":"\#(words)"}"#
        #expect(try ebay.meaning(400, body, for: .refresh()) == .dead)
        #expect(try ebay.meaning(400, #"{"error":"invalid_scope"}"#) == .fix)
        #expect(ebay.rejects(401, #"{"errors":[{"errorId":1001,"domain":"OAuth","message":"Invalid access token"}]}"#))
        #expect(!ebay.rejects(403, #"{"errors":[{"errorId":1100}]}"#))
        #expect(ebay.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `eBay's dialect conforms`() async throws { try await ebay.conforms() }
}
