import Foundation
import OAuthDialects
import Providers
import Testing

struct WeChatTests {
    private let weChat = Example(
        WeChatDialect(),
        id: "APPID",
        secret: "APPSECRET",
        (
            .clientCredentials(),
            "GET https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=APPID&secret=APPSECRET"
        ),
        (
            .code(redirectURI: "https://app.example/callback"),
            """
            GET https://api.weixin.qq.com/sns/oauth2/access_token?appid=APPID&secret=APPSECRET&code=CODE\
            &grant_type=authorization_code
            """
        ),
        (
            .refresh(),
            """
            GET https://api.weixin.qq.com/sns/oauth2/refresh_token?appid=APPID&grant_type=refresh_token\
            &refresh_token=REFRESH_TOKEN
            """
        )
    )

    @Test func `WeChat's requests`() async throws {
        try weChat.sendsWhatIsDocumented()
        let signIn = try await weChat.signIn("snsapi_base", "snsapi_userinfo")
        #expect(
            signIn.address == "https://open.weixin.qq.com/connect/qrconnect" && signIn.fields["code_challenge"] == nil
        )
        #expect(signIn.fields["appid"] == "APPID" && signIn.fields["scope"] == "snsapi_base,snsapi_userinfo")
        let request = try weChat.authorized("https://api.weixin.qq.com/sns/userinfo?openid=OPENID&lang=zh_CN")
        #expect(request.url.query() == "openid=OPENID&lang=zh_CN&access_token=TOKEN")
        #expect(request.headers["Authorization"] == nil)
    }

    @Test func `WeChat's answers: an app's and a user's`() throws {
        #expect(try weChat.tokens(#"{"access_token":"ACCESS_TOKEN","expires_in":7200}"#).lifetime == .seconds(7200))
        let user = try weChat.tokens(
            #"""
            {"access_token":"ACCESS_TOKEN","expires_in":7200,"refresh_token":"REFRESH_TOKEN","openid":"OPENID",
            "scope":"snsapi_base,snsapi_userinfo,","unionid":"UNIONID"}
            """#
        )
        #expect(user.refreshToken?.value == "REFRESH_TOKEN" && user.scopes == ["snsapi_base", "snsapi_userinfo"])
        #expect(user.said == ["openid": "OPENID", "unionid": "UNIONID"])
    }

    @Test(arguments: [
        (40029, Meaning.dead), (40163, .dead), (42003, .dead), (40030, .dead), (42002, .dead), (42007, .dead),
        (-1, .later),
        (45009, .later), (45011, .later), (40001, .fix), (40013, .fix), (40125, .fix), (40164, .fix), (40243, .fix),
        (61004, .fix), (48001, .unknown),
    ])
    func `WeChat's refusals, at status 200`(code: Int, meaning: Meaning) throws {
        let body = #"{"errcode": \#(code),"errmsg": "words rid: 6114eeb9-0032c16a-61fbf7ce"}"#
        #expect(try weChat.meaning(200, body) == meaning)
    }

    @Test func `WeChat's rejections of a token, at status 200`() {
        for code in [40001, 40014, 42001] { #expect(weChat.rejects(200, #"{"errcode":\#(code),"errmsg":"…"}"#)) }
        #expect(!weChat.rejects(200, #"{"errcode":40003,"errmsg":"invalid openid"}"#))
        #expect(!weChat.rejects(200, #"{"errcode":0,"errmsg":"ok"}"#))
    }

    @Test func `WeChat's dialect conforms`() async throws {
        try await weChat.conforms(excusing: [.secretPlaces: "A refresh token is presented without the secret."])
    }
}
