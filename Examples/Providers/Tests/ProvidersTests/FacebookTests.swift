import Foundation
import OAuthDialects
import Providers
import Testing

struct FacebookTests {
    private let facebook = Example(
        FacebookDialect(),
        id: "{app-id}",
        secret: "{app-secret}",
        (
            .other(type: "fb_exchange_token", fields: [("fb_exchange_token", "{your-access-token}")]),
            """
            GET https://graph.facebook.com/v25.0/oauth/access_token?grant_type=fb_exchange_token&client_id={app-id}\
            &client_secret={app-secret}&fb_exchange_token={your-access-token}
            """
        ),
        // The fields that Facebook's own SDK sends.
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            GET https://graph.facebook.com/v25.0/oauth/access_token?client_id={app-id}&client_secret={app-secret}&code=CODE\
            &redirect_uri=https://app.example/callback
            """
        )
    )

    @Test func `Facebook's requests`() async throws {
        try facebook.sendsWhatIsDocumented()
        let signIn = try await facebook.signIn("email", "public_profile")
        #expect(signIn.address == "https://www.facebook.com/v25.0/dialog/oauth")
        #expect(signIn.fields["scope"] == "email,public_profile" && signIn.fields["code_challenge"] == nil)
        let request = try facebook.authorized("https://graph.facebook.com/me")
        #expect(request.headers["Authorization"] == "Bearer TOKEN")
        #expect(
            try FacebookDialect(version: "v24.0").request(for: facebook.exchange()).url.path()
                == "/v24.0/oauth/access_token"
        )
    }

    @Test func `Facebook's answer`() throws {
        let body = #"{"access_token":"{long-lived-user-access-token}","token_type":"bearer","expires_in":5183944}"#
        let tokens = try facebook.tokens(body)
        #expect(tokens.accessToken == "{long-lived-user-access-token}" && tokens.lifetime == .seconds(5_183_944))
        #expect(tokens.refreshToken == nil)
    }

    @Test(arguments: [
        (190, Meaning.dead), (102, .dead), (2, .later), (4, .later), (17, .later), (341, .later), (10, .fix),
        (101, .fix),
        (100, .unknown),
    ])
    func `Facebook's refusals`(code: Int, meaning: Meaning) throws {
        let body = #"{"error":{"message":"Message describing the error","type":"OAuthException","code":\#(code)}}"#
        #expect(try facebook.meaning(400, body) == meaning)
        #expect(facebook.rejects(400, body) == (meaning == .dead))
    }

    @Test func `Facebook's dialect conforms`() async throws { try await facebook.conforms() }
}
