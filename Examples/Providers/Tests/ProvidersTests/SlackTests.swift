import Foundation
import OAuthDialects
import Providers
import Testing

struct SlackTests {
    private let slack = Example(
        SlackDialect(),
        id: "60503450.61416",
        secret: "8bc5fc53901afc11c",
        (
            .refresh("xoxe-1-..."),
            """
            POST https://slack.com/api/oauth.v2.access
            \(form)

            client_id=60503450.61416
            &client_secret=8bc5fc53901afc11c
            &grant_type=refresh_token
            &refresh_token=xoxe-1-...
            """
        )
    )

    @Test func `Slack's requests`() async throws {
        try slack.sendsWhatIsDocumented()
        let bot = try await slack.signIn("incoming-webhook", "commands")
        #expect(bot.address == "https://slack.com/oauth/v2/authorize")
        #expect(bot.fields["scope"] == "incoming-webhook,commands" && bot.fields["code_challenge"] == nil)
        #expect(try await Example(SlackDialect(.user)).signIn("chat:write").fields["user_scope"] == "chat:write")
        #expect(try slack.authorized("https://slack.com/api/auth.test").headers["Authorization"] == "Bearer TOKEN")
    }

    @Test func `Slack's answers: the bot's token, or the user's`() throws {
        let both = #"""
            {"ok":true,"access_token":"xoxe.xoxb-1-..","token_type":"bot","scope":"commands,incoming-webhook",
            "bot_user_id":"U0KRQLJ9H","app_id":"A0KRD7HC3","expires_in":43200,"refresh_token":"xoxe-1-...",
            "team":{"name":"Slack Softball Team","id":"T9TK3CUKW"},"enterprise":{"name":"slack-sports","id":"E12345678"},
            "authed_user":{"id":"U1234","scope":"chat:write","access_token":"xoxe.xoxp-1234","expires_in":43200,
            "refresh_token":"xoxe-1-u","token_type":"user"}}
            """#
        let bot = try slack.tokens(both)
        #expect(bot.accessToken == "xoxe.xoxb-1-.." && bot.refreshToken?.value == "xoxe-1-...")
        #expect(bot.lifetime == .seconds(43200) && bot.scopes == ["commands", "incoming-webhook"])
        #expect(
            bot.said == [
                "team.id": "T9TK3CUKW", "enterprise.id": "E12345678", "app_id": "A0KRD7HC3", "bot_user_id": "U0KRQLJ9H",
                "authed_user.id": "U1234",
            ]
        )
        let user = try Example(SlackDialect(.user), (.code(), "")).tokens(both)
        #expect(user.accessToken == "xoxe.xoxp-1234" && user.refreshToken?.value == "xoxe-1-u")
        #expect(user.scopes == ["chat:write"])
        #expect(slack.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        ("invalid_code", Meaning.dead), ("invalid_refresh_token", .dead), ("token_revoked", .dead),
        ("token_expired", .dead),
        ("account_inactive", .dead), ("invalid_code_verifier", .dead), ("invalid_client_id", .fix),
        ("bad_client_secret", .fix), ("bad_redirect_uri", .fix), ("ratelimited", .later),
        ("service_unavailable", .later),
        ("fatal_error", .later), ("request_timeout", .later), ("internal_error", .later), ("access_denied", .unknown),
    ])
    func `Slack's refusals`(code: String, meaning: Meaning) throws {
        #expect(try slack.meaning(200, #"{"ok":false,"error":"\#(code)"}"#) == meaning)
    }

    @Test func `Slack's rejections of a token`() {
        for code in ["invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive"] {
            #expect(slack.rejects(200, #"{"ok":false,"error":"\#(code)"}"#), "\(code)")
        }
        #expect(!slack.rejects(200, #"{"ok":false,"error":"missing_scope","needed":"chat:write"}"#))
        #expect(!slack.rejects(200, #"{"ok":true,"warning":"token_expired"}"#))
    }

    @Test func `Slack's dialect conforms`() async throws { try await slack.conforms() }
}
