import Foundation
import OAuthDialects
import Providers
import Testing

struct LarkTests {
    private let feishu = Example(
        LarkDialect(.feishu, token: .user),
        id: "cli_a5ca35a685b0x26e",
        secret: "baBqE5um9LbFGDy3X7LcfxQX1sqpXlwy",
        (
            .authorizationCode(
                "a61hb967bd094dge949h79bbexd16dfe",
                redirectURI: "https://example.com/api/oauth/callback",
                codeVerifier: "TxYmzM4PHLBlqm5NtnCmwxMH8mFlRWl_ipie3O0aVzo"
            ),
            """
            POST https://open.feishu.cn/open-apis/authen/v2/oauth/token
            \(json)

            {
                "grant_type": "authorization_code",
                "client_id": "cli_a5ca35a685b0x26e",
                "client_secret": "baBqE5um9LbFGDy3X7LcfxQX1sqpXlwy",
                "code": "a61hb967bd094dge949h79bbexd16dfe",
                "redirect_uri": "https://example.com/api/oauth/callback",
                "code_verifier": "TxYmzM4PHLBlqm5NtnCmwxMH8mFlRWl_ipie3O0aVzo"
            }
            """
        ),
        (
            .refresh("eyJhbGciOiJFUzI1NiIs"),
            """
            POST https://open.feishu.cn/open-apis/authen/v2/oauth/token
            \(json)

            {"grant_type":"refresh_token","client_id":"cli_a5ca35a685b0x26e",
            "client_secret":"baBqE5um9LbFGDy3X7LcfxQX1sqpXlwy","refresh_token":"eyJhbGciOiJFUzI1NiIs"}
            """
        )
    )

    private let app = Example(
        LarkDialect(.feishu, token: .app),
        id: "cli_slkdjalasdkjasd",
        secret: "dskLLdkasdjlasdKK",
        (
            .clientCredentials(),
            """
            POST https://open.feishu.cn/open-apis/auth/v3/tenant_access_token/internal
            \(json)

            {"app_id":"cli_slkdjalasdkjasd","app_secret":"dskLLdkasdjlasdKK"}
            """
        )
    )

    @Test func `Lark's requests`() async throws {
        try feishu.sendsWhatIsDocumented()
        try app.sendsWhatIsDocumented()
        let lark = Example(LarkDialect(.lark, token: .app), (.clientCredentials(), ""))
        #expect(try lark.dialect.request(for: lark.exchange()).url.host() == "open.larksuite.com")
        #expect(lark.dialect.name == "lark" && feishu.dialect.name == "feishu")
        let signIn = try await feishu.signIn("bitable:app:readonly")
        #expect(signIn.address == "https://accounts.feishu.cn/open-apis/authen/v1/authorize")
        #expect(signIn.fields["scope"] == "bitable:app:readonly offline_access")
        #expect(throws: Never.self) { try lark.authorized("https://open.larksuite.com/open-apis/authen/v1/user_info") }
    }

    @Test func `Lark's answers: a user's and an app's`() throws {
        let user = try feishu.tokens(
            #"""
            {"code":0,"access_token":"eyJhbGciOiJFUzI1NiIs","expires_in":7200,"refresh_token":"eyJhbGciOiJFUzI1NiIsR",
            "refresh_token_expires_in":604800,"scope":"auth:user.id:read offline_access task:task:read user_profile",
            "token_type":"Bearer"}
            """#
        )
        #expect(user.lifetime == .seconds(7200) && user.refreshTokenLifetime == .seconds(604_800))
        #expect(user.scopes == ["auth:user.id:read", "offline_access", "task:task:read", "user_profile"])
        #expect(throws: Never.self) { try feishu.tokens(#"{"code":"0","access_token":"a","expires_in":7200}"#) }
        let app = try app.tokens(
            #"{"code":0,"msg":"ok","tenant_access_token":"t-caecc734c2e3328a62489fe0648c4b98779515d3","expire":7200}"#
        )
        #expect(app.accessToken == "t-caecc734c2e3328a62489fe0648c4b98779515d3" && app.lifetime == .seconds(7200))
        #expect(feishu.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        (20003, Meaning.dead), (20004, .dead), (20065, .dead), (20024, .dead), (20026, .dead), (20037, .dead),
        (20064, .dead),
        (20073, .dead), (20008, .dead), (20050, .later), (20072, .later), (20002, .fix), (20009, .fix), (20048, .fix),
        (20063, .fix), (20069, .fix), (20070, .fix), (20071, .fix), (20074, .fix), (21000, .unknown),
    ])
    func `Lark's refusals of a user`(code: Int, meaning: Meaning) throws {
        let body = #"{"code": \#(code), "error": "words", "error_description": "An error occurred."}"#
        #expect(try feishu.meaning(400, body) == meaning)
    }

    @Test func `Lark's refusal of an app, at status 200`() throws {
        #expect(
            try app.meaning(200, #"{"code":10014,"msg":"app secret invalid"}"#) == .fix
        )
    }

    @Test func `Lark's rejections of a token`() {
        for code in [99_991_661, 99_991_663, 99_991_664, 99_991_668, 99_991_671, 99_991_677] {
            #expect(feishu.rejects(400, #"{"code":\#(code),"msg":"Invalid access token for authorization."}"#))
        }
        #expect(!feishu.rejects(400, #"{"code":99991672,"msg":"Access denied."}"#))
    }

    @Test func `Lark's dialect conforms`() async throws {
        try await feishu.conforms()
        try await app.conforms()
    }
}
