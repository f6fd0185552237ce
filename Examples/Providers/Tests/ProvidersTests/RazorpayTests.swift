import Foundation
import OAuthDialects
import Providers
import Testing

struct RazorpayTests {
    private let razorpay = Example(
        RazorpayDialect(isTest: true),
        (
            .code("def50200d844dc80cc44dce2c665d07a374d76802", redirectURI: "http://example.com/razorpay_callback"),
            """
            POST https://auth.razorpay.com/token
            \(json)

            {
              "client_id": "CLIENT_ID",
              "client_secret": "CLIENT_SECRET",
              "grant_type": "authorization_code",
              "redirect_uri": "http://example.com/razorpay_callback",
              "code": "def50200d844dc80cc44dce2c665d07a374d76802",
              "mode": "test"
            }
            """
        ),
        (
            .refresh("def50200"),
            """
            POST https://auth.razorpay.com/token
            \(json)

            {"client_id":"CLIENT_ID","client_secret":"CLIENT_SECRET","grant_type":"refresh_token","refresh_token":"def50200"}
            """
        )
    )

    @Test func `Razorpay's requests`() async throws {
        try razorpay.sendsWhatIsDocumented()
        let live = try ShownRequest(RazorpayDialect().request(for: razorpay.exchange()))
        #expect(live.fields.contains("mode=live"))
        let revocation = try razorpay.revocation()
        #expect(revocation.line == "POST https://auth.razorpay.com/revoke")
        #expect(
            revocation.fields == [
                "client_id=CLIENT_ID", "client_secret=CLIENT_SECRET", "token=REFRESH", "token_type_hint=refresh_token",
            ]
        )
        let signIn = try await razorpay.signIn("read_only")
        #expect(signIn.address == "https://auth.razorpay.com/authorize" && signIn.fields["code_challenge"] == nil)
    }

    @Test func `Razorpay's answer`() throws {
        let tokens = try razorpay.tokens(
            #"""
            {"public_token":"rzp_test_oauth_XXXXXXXXXXXXXX","token_type":"Bearer","expires_in":7862400,
            "access_token":"eyJ0eXAi","refresh_token":"def50200f42e07","razorpay_account_id":"acc_Dhk2qDbmu6FwZH"}
            """#
        )
        #expect(tokens.lifetime == .seconds(7_862_400) && tokens.refreshToken?.value == "def50200f42e07")
        #expect(
            tokens.said == [
                "public_token": "rzp_test_oauth_XXXXXXXXXXXXXX", "razorpay_account_id": "acc_Dhk2qDbmu6FwZH",
            ]
        )
        #expect(razorpay.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        ("Cannot decrypt the refresh token", Meaning.dead), ("Token is not linked to client", .dead),
        ("Token has been revoked", .dead), ("Authorization code has expired", .dead),
        ("Authorization code was not issued to this client", .dead), ("Check the `client_id` parameter", .fix),
        ("Invalid Client or Grant type", .fix), ("Access denied", .fix), ("Client authentication failed", .fix),
        ("Invalid redirect URI", .fix), ("Other words", .unknown),
    ])
    func `Razorpay's refusals, by their words`(words: String, meaning: Meaning) throws {
        let body = #"{"error":{"code":"BAD_REQUEST_ERROR","description":"\#(words)"}}"#
        #expect(try razorpay.meaning(400, body) == meaning)
        #expect(try razorpay.meaning(500, body) == .later)
    }

    @Test func `Razorpay's dialect conforms`() async throws { try await razorpay.conforms() }
}
