import Foundation
import OAuthDialects
import Providers
import Testing

struct WeiboTests {
    private let weibo = Example(
        WeiboDialect(),
        id: "123050457758183",
        secret: "SECRET",
        (
            .code(redirectURI: "http://www.example.com/response"),
            """
            POST https://api.weibo.com/oauth2/access_token
            \(form)

            client_id=123050457758183&client_secret=SECRET&grant_type=authorization_code&code=CODE
            &redirect_uri=http%3A%2F%2Fwww.example.com%2Fresponse
            """
        )
    )

    @Test func `Weibo's requests`() async throws {
        try weibo.sendsWhatIsDocumented()
        let signIn = try await weibo.signIn("email", "follow_app_official_microblog")
        #expect(signIn.address == "https://api.weibo.com/oauth2/authorize")
        #expect(
            signIn.fields["scope"] == "email,follow_app_official_microblog" && signIn.fields["code_challenge"] == nil
        )
        let request = try weibo.authorized("https://api.weibo.com/2/statuses/home_timeline.json")
        #expect(request.headers["Authorization"] == "OAuth2 TOKEN")
    }

    @Test(arguments: [#""7200""#, "7200"])
    func `Weibo's answers, with a text or a number`(seconds: String) throws {
        let body = #"{"access_token":"ACCESS_TOKEN","expires_in":\#(seconds),"remind_in":"7200","uid":"1404376560"}"#
        let tokens = try weibo.tokens(body)
        #expect(tokens.accessToken == "ACCESS_TOKEN" && tokens.lifetime == .seconds(7200))
        #expect(tokens.said == ["uid": "1404376560"])
    }

    @Test(arguments: [
        (21325, Meaning.dead), (21327, .dead), (21330, .dead), (21331, .later), (21322, .fix), (21323, .fix),
        (21324, .fix),
        (21326, .fix), (21328, .fix), (21337, .fix), (29999, .unknown),
    ])
    func `Weibo's refusals`(code: Int, meaning: Meaning) throws {
        let body = #"{"error":"words","error_code":\#(code),"error_description":"…","request":"/oauth2/access_token"}"#
        #expect(try weibo.meaning(400, body) == meaning)
    }

    @Test func `Weibo's rejections of a token, with a text or a number`() {
        for code in [21314, 21315, 21316, 21317, 21319, 21327, 21332, 21501] {
            #expect(weibo.rejects(400, #"{"error":"expired_token","error_code":\#(code),"request":"/2/a.json"}"#))
            #expect(weibo.rejects(403, #"{"request":"/2/a.json","error_code":"\#(code)","error":"…"}"#))
        }
        #expect(!weibo.rejects(403, #"{"request":"/2/a.json","error_code":"10014","error":"…"}"#))
    }

    @Test func `Weibo's dialect conforms`() async throws { try await weibo.conforms() }
}
