import Foundation
import OAuthDialects
import Providers
import Testing

struct EventbriteTests {
    private let eventbrite = Example(
        EventbriteDialect(),
        // The fields of several clients: the page's own example could not be read.
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            POST https://www.eventbrite.com/oauth/token
            \(form)

            grant_type=authorization_code&client_id=CLIENT_ID&client_secret=CLIENT_SECRET&code=CODE
            &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback
            """
        )
    )

    @Test func `Eventbrite's requests`() async throws {
        try eventbrite.sendsWhatIsDocumented()
        let signIn = try await eventbrite.signIn()
        #expect(
            signIn.address == "https://www.eventbrite.com/oauth/authorize" && signIn.fields["code_challenge"] == nil
        )
        let request = try eventbrite.authorized("https://www.eventbriteapi.com/v3/users/me/")
        #expect(request.headers["Authorization"] == "Bearer TOKEN")
    }

    @Test func `Eventbrite's answer has no lifetime`() throws {
        let tokens = try eventbrite.tokens(#"{"access_token":"TOKEN","token_type":"bearer"}"#)
        #expect(tokens.accessToken == "TOKEN" && tokens.lifetime == nil && tokens.refreshToken == nil)
    }

    @Test(arguments: [400, 401]) func `Eventbrite's rejections of a token`(status: Int) {
        let words = "The OAuth token you provided was invalid."
        let body = #"{"status_code":\#(status),"error_description":"\#(words)","error":"INVALID_AUTH"}"#
        #expect(eventbrite.rejects(status, body))
        #expect(
            !eventbrite.rejects(403, #"{ "status_code": 403, "error_description": "…", "error": "NOT_AUTHORIZED" }"#)
        )
    }

    @Test func `Eventbrite's dialect conforms`() async throws { try await eventbrite.conforms() }
}
