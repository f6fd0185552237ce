import Foundation
import OAuthDialects
import Providers
import Testing

struct MailchimpTests {
    private let mailchimp = Example(
        MailchimpDialect(),
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            POST https://login.mailchimp.com/oauth2/token
            \(form)

            grant_type=authorization_code&client_id=CLIENT_ID&client_secret=CLIENT_SECRET
            &redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&code=CODE
            """
        )
    )

    @Test func `Mailchimp's requests`() async throws {
        try mailchimp.sendsWhatIsDocumented()
        let signIn = try await mailchimp.signIn()
        #expect(
            signIn.address == "https://login.mailchimp.com/oauth2/authorize" && signIn.fields["code_challenge"] == nil
        )
        let request = try mailchimp.authorized("https://api.mailchimp.com/3.0/")
        #expect(request.headers["Authorization"] == "Bearer TOKEN")
        #expect(throws: Never.self) {
            try Example(MailchimpDialect(dataCenter: "us1")).authorized("https://us1.api.mailchimp.com/3.0/")
        }
    }

    @Test func `Mailchimp's answer: 0 means that it does not expire`() throws {
        let tokens = try mailchimp.tokens(
            #"{"access_token":"5c6ccc561059aa386da9d112215bae55","expires_in":0,"scope":null}"#
        )
        #expect(tokens.accessToken == "5c6ccc561059aa386da9d112215bae55" && tokens.lifetime == nil)
    }

    @Test func `Mailchimp's refusals are RFC 6749's, and its rejections are 401`() throws {
        #expect(try mailchimp.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        #expect(mailchimp.rejects(401, #"{"title":"API Key Invalid","status":401,"detail":"…"}"#))
        #expect(!mailchimp.rejects(403, #"{"title":"WrongDatacenter","status":403}"#))
    }

    @Test func `Mailchimp's dialect conforms`() async throws { try await mailchimp.conforms() }
}
