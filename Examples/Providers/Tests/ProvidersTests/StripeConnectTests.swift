import Foundation
import OAuthDialects
import Providers
import Testing

struct StripeConnectTests {
    private let stripe = Example(
        StripeConnectDialect(),
        id: "ca_FkyHCg7X8mlvCUdMDao4mMxagUfhIwXb",
        secret: "sk_test_KEY",
        (
            .code("ac_123456789", redirectURI: "https://app.example/callback"),
            Self.request("code=ac_123456789&grant_type=authorization_code")
        ),
        (.refresh("sk_refresh_token"), Self.request("grant_type=refresh_token&refresh_token=sk_refresh_token"))
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://connect.stripe.com/oauth/token
        \(basic("sk_test_KEY", ""))
        \(form)

        \(fields)
        """
    }

    @Test func `Stripe's requests`() async throws {
        try stripe.sendsWhatIsDocumented()
        let signIn = try await stripe.signIn("read_write")
        #expect(
            signIn.address == "https://connect.stripe.com/oauth/authorize" && signIn.fields["scope"] == "read_write"
        )
        #expect(
            signIn.fields["client_id"] == "ca_FkyHCg7X8mlvCUdMDao4mMxagUfhIwXb"
                && signIn.fields["code_challenge"] == nil
        )
    }

    @Test(arguments: [nil, ""]) func `Stripe needs a key`(secret: String?) throws {
        var exchange = stripe.exchange()
        exchange.credentials = secret.map { ClientCredentials(id: "ca_1", secret: $0) } ?? ClientCredentials(id: "ca_1")
        #expect(throws: TokenError.self) { try stripe.dialect.request(for: exchange) }
    }

    @Test func `Stripe's answer: no lifetime, and the account`() throws {
        let tokens = try stripe.tokens(
            #"""
            {"access_token":"sk_access_token","scope":"read_only","livemode":false,"token_type":"bearer",
            "refresh_token":"sk_refresh_token","stripe_user_id":"acct_test","stripe_publishable_key":"pk_test"}
            """#
        )
        #expect(tokens.lifetime == nil && tokens.refreshToken?.value == "sk_refresh_token")
        #expect(
            tokens.said == ["stripe_user_id": "acct_test", "livemode": "false", "stripe_publishable_key": "pk_test"]
        )
    }

    @Test(arguments: [
        (400, "invalid_request", Meaning.fix), (401, "invalid_client", .fix), (400, "invalid_grant", .dead),
        (400, "invalid_scope", .fix), (400, "unsupported_grant_type", .fix), (429, "", .later),
    ])
    func `Stripe's refusals`(status: Int, code: String, meaning: Meaning) throws {
        #expect(try stripe.meaning(status, #"{"error":"\#(code)"}"#) == meaning)
    }

    @Test func `Stripe's rejections of a token`() {
        #expect(
            stripe.rejects(
                401,
                #"{"error":{"type":"invalid_request_error","message":"You did not provide an API key."}}"#
            )
        )
        #expect(!stripe.rejects(403, #"{"error":{"type":"invalid_request_error","message":"…"}}"#))
    }

    @Test func `Stripe's dialect conforms`() async throws {
        try await stripe.conforms(excusing: [
            .clientSecret: "The secret is the name of HTTP Basic, which conventions don't have.",
            .secretPlaces: "As above.",
        ])
    }
}
