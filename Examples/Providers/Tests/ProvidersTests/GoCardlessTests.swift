import Foundation
import OAuthDialects
import Providers
import Testing

struct GoCardlessTests {
    private let goCardless = Example(
        GoCardlessDialect(),
        // The fields of several integrations: no page of GoCardless's could be read.
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            POST https://connect.gocardless.com/oauth/access_token
            \(form)

            grant_type=authorization_code&client_id=CLIENT_ID&client_secret=CLIENT_SECRET&code=CODE
            &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback
            """
        )
    )

    @Test func `GoCardless's requests`() async throws {
        try goCardless.sendsWhatIsDocumented()
        let signIn = try await goCardless.signIn("read_write")
        #expect(
            signIn.address == "https://connect.gocardless.com/oauth/authorize" && signIn.fields["scope"] == "read_write"
        )
        #expect(signIn.fields["code_challenge"] == nil)
        let request = try goCardless.authorized("https://api.gocardless.com/customers")
        #expect(request.headers["Authorization"] == "Bearer TOKEN")
        #expect(request.headers["GoCardless-Version"] == "2015-07-06")
        let sandbox = Example(GoCardlessDialect(isSandbox: true), (.code(), ""))
        #expect(try sandbox.dialect.request(for: sandbox.exchange()).url.host() == "connect-sandbox.gocardless.com")
        #expect(throws: Never.self) { try sandbox.authorized("https://api-sandbox.gocardless.com/customers") }
    }

    @Test func `GoCardless's answer has no lifetime`() throws {
        let tokens = try goCardless.tokens(
            #"{"access_token":"access_token","scope":"read_write","token_type":"bearer","organisation_id":"OR123"}"#
        )
        #expect(tokens.lifetime == nil && tokens.refreshToken == nil && tokens.said == ["organisation_id": "OR123"])
    }

    @Test func `GoCardless's refusals`() throws {
        #expect(try goCardless.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        let rejection = #"""
            {"error":{"message":"Unauthorized","type":"invalid_api_usage","errors":[{"reason":"unauthorized",
            "message":"Unauthorized"}],"code":401,"request_id":"bd271b37-a2f5-47c8-b461-040dfe0e9cb1"}}
            """#
        #expect(goCardless.rejects(401, rejection))
        #expect(!goCardless.rejects(403, #"{"error":{"errors":[{"reason":"insufficient_permissions"}],"code":403}}"#))
    }

    @Test func `GoCardless's dialect conforms`() async throws { try await goCardless.conforms() }
}
