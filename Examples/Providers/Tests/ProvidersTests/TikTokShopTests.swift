import Foundation
import OAuthDialects
import Providers
import Testing

struct TikTokShopTests {
    private let shop = Example(
        TikTokShopDialect(serviceID: "SERVICE"),
        id: "123abcd",
        secret: "15abf8a4972afd1f275d5b19bfa9a17e0d142aa7",
        date: Date(timeIntervalSince1970: 1_660_556_000),
        (
            .code("TTP_FeBoANmHP3yqdoUI9fZOCw", redirectURI: "https://app.example/callback"),
            """
            GET https://auth.tiktok-shops.com/api/v2/token/get?app_key=123abcd\
            &app_secret=15abf8a4972afd1f275d5b19bfa9a17e0d142aa7&auth_code=TTP_FeBoANmHP3yqdoUI9fZOCw\
            &grant_type=authorized_code
            """
        ),
        (
            .refresh("TTP_EB9rlwAAAADXbnMESTWAZSxIcC-XUA5AyeEOdmGBKY2FiKFYKqON6jco"),
            """
            GET https://auth.tiktok-shops.com/api/v2/token/refresh?app_key=123abcd\
            &app_secret=15abf8a4972afd1f275d5b19bfa9a17e0d142aa7\
            &refresh_token=TTP_EB9rlwAAAADXbnMESTWAZSxIcC-XUA5AyeEOdmGBKY2FiKFYKqON6jco&grant_type=refresh_token
            """
        )
    )

    @Test func `TikTok Shop's requests`() async throws {
        try shop.sendsWhatIsDocumented()
        let signIn = try await shop.signIn()
        #expect(
            signIn.address == "https://services.tiktokshop.com/open/authorize"
                && signIn.fields["service_id"] == "SERVICE"
        )
        #expect(signIn.fields["code_challenge"] == nil)
    }

    @Test func `TikTok Shop's signature is the documents'`() throws {
        let client = ClientCredentials(id: "29a39d", secret: "e59af819cc")
        let date = Date(timeIntervalSince1970: 1_623_812_664)
        let access = ResourceAccess(token: try AccessToken("TOKEN"), credentials: client, date: date, nonce: "")
        let request = try shop.authorized("https://open-api.tiktokglobalshop.com/authorization/202309/shops")
        #expect(request.headers["x-tts-access-token"] == "TOKEN")
        let signed = try ShownRequest(TikTokShopSigner().signed(request, for: .resource(access)))
        #expect(
            signed.fields == [
                "app_key=29a39d", "sign=b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8",
                "timestamp=1623812664",
            ]
        )
        let token = try shop.dialect.request(for: shop.exchange())
        #expect(try TikTokShopSigner().signed(token, for: .token(shop.exchange())).url == token.url)
        var post = request
        (post.method, post.body) = ("POST", .bytes(Data(#"{"a":1}"#.utf8)))
        let other = try ShownRequest(TikTokShopSigner().signed(post, for: .resource(access))).fields
        #expect(other[0] == signed.fields[0] && other[1] != signed.fields[1], "the body is signed")
    }

    @Test func `TikTok Shop's answer: dates in place of lifetimes`() throws {
        let tokens = try shop.tokens(
            #"""
            {"code":0,"message":"success","data":{"access_token":"TTP_Fw8rBwAAAAAkW03FYd09DG-9INtpw361hWthei8S3fHX8iPJ5AUv99fLS",
            "access_token_expire_in":1660556783,"refresh_token":"TTP_NTUxZTNhYTQ2ZDk2YmRmZWNmYWY2YWY2YzkxNGYwNjQ3YjkzYTllYjA0",
            "refresh_token_expire_in":1691487031,"open_id":"7010736057180325637","seller_name":"Jjj test shop",
            "seller_base_region":"ID","user_type":0,
            "granted_scopes":["seller.affiliate_collaboration.read","seller.affiliate_collaboration.write"]},
            "request_id":"2022080809462301024509910319695C45"}
            """#
        )
        #expect(tokens.lifetime == .seconds(783) && tokens.refreshTokenLifetime == .seconds(30_931_031))
        #expect(tokens.scopes == ["seller.affiliate_collaboration.read", "seller.affiliate_collaboration.write"])
        #expect(
            tokens.said == [
                "open_id": "7010736057180325637", "seller_name": "Jjj test shop", "seller_base_region": "ID",
                "user_type": "0",
            ]
        )
    }

    @Test func `TikTok Shop's refusals`() throws {
        func body(_ code: Int) -> String { #"{"code":\#(code),"message":"words","request_id":"2025"}"# }
        #expect(try shop.meaning(200, body(36_004_004)) == .dead)
        #expect(try shop.meaning(200, body(36_004_005)) == .dead)
        #expect(try shop.meaning(200, body(36_009_004)) == .unknown, "it has several meanings")
        #expect(shop.rejects(200, body(105_002)) && !shop.rejects(200, body(105_005)))
        #expect(!shop.rejects(200, #"{"code":0,"message":"Success","data":{}}"#))
    }

    @Test func `TikTok Shop's dialect conforms`() async throws { try await shop.conforms(signedBy: TikTokShopSigner()) }
}
