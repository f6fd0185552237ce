import Foundation
import OAuthDialects
import Providers
import Testing

struct ShopeeTests {
    private let shopee = Example(
        ShopeeDialect(shop: 54804),
        id: "1000016",
        // A key from Shopee's own example, which a third party quotes; the documents' key is not published.
        secret: "57615053704d6470644f554a78656d50484143644964436a5568777544524579",
        date: Date(timeIntervalSince1970: 1_657_263_479),
        // The documents' requests, before their signatures.
        (
            .code("7867624d4e76616648544f6e52625557", redirectURI: "https://app.example/callback"),
            """
            POST https://partner.shopeemobile.com/api/v2/auth/token/get
            \(json)

            {"shop_id":54804,"code":"7867624d4e76616648544f6e52625557","partner_id":1000016}
            """
        ),
        (
            .refresh("684d42685667777868597a4477587455"),
            """
            POST https://partner.shopeemobile.com/api/v2/auth/access_token/get
            \(json)

            {"shop_id":54804,"refresh_token":"684d42685667777868597a4477587455","partner_id":1000016}
            """
        )
    )

    @Test func `Shopee's requests`() throws {
        try shopee.sendsWhatIsDocumented()
        let request = try shopee.authorized(
            "https://partner.shopeemobile.com/api/v2/product/get_category?language=zh-hans"
        )
        #expect(request.url.query() == "language=zh-hans&access_token=TOKEN" && request.headers["Authorization"] == nil)
    }

    @Test func `Shopee's token request is signed in the query`() throws {
        let request = try shopee.dialect.request(for: shopee.exchange())
        let signed = try ShopeeSigner(shop: 54804).signed(request, for: .token(shopee.exchange()))
        let query = try #require(signed.url.query())
        #expect(query.wholeMatch(of: /partner_id=1000016&timestamp=1657263479&sign=[0-9a-f]{64}/) != nil)
        #expect(!query.contains("5761505370") && signed.body?.data == request.body?.data)
    }

    @Test func `Shopee's signatures: of the path and the time, and for the API of the token and the shop`() throws {
        let client = ClientCredentials(id: "2001887", secret: shopee.client.secret ?? "")
        func sign(_ path: String, _ time: Double, token: Secret, shop: Int, isToken: Bool) throws -> String? {
            let date = Date(timeIntervalSince1970: time)
            let request = WireRequest("GET", try #require(URL(string: "https://partner.shopeemobile.com" + path)))
            let access = ResourceAccess(token: try AccessToken(token), credentials: client, date: date, nonce: "")
            let exchange = TokenExchange(grant: .refresh(), credentials: client, date: date)
            let signed = try ShopeeSigner(shop: shop).signed(
                request,
                for: isToken ? .token(exchange) : .resource(access)
            )
            return try ShownRequest(signed).fields.first { $0.hasPrefix("sign=") }
        }
        let publicSign = try sign(
            "/api/v2/public/get_shops_by_partner",
            1_655_714_431,
            token: "t",
            shop: 1,
            isToken: true
        )
        #expect(publicSign == "sign=60ab8c4a535009ab33b8a0029ee18a667ef6eaeb16481ed3d573a5059122d4df")
        let shopSign = try sign(
            "/api/v2/shop/get_shop_info",
            1_655_714_431,
            token: "59777174636562737266615546704c6d",
            shop: 14_701_711,
            isToken: false
        )
        #expect(shopSign == "sign=b914bea03c13799deb036bb9d10e689f5a6bade160c44af568646f1ef7d796c1")
    }

    @Test func `Shopee's answer`() throws {
        let tokens = try shopee.tokens(
            #"""
            {"refresh_token":"456e416149664b76745a6a794156794a","access_token":"6a55746e61546f707579627656637464",
            "expire_in":13859,"request_id":"c040b886cfcabdfa5a23af51c595cd1b","error":"","message":""}
            """#
        )
        #expect(tokens.accessToken == "6a55746e61546f707579627656637464" && tokens.lifetime == .seconds(13859))
        #expect(tokens.refreshToken?.value == "456e416149664b76745a6a794156794a")
        #expect(shopee.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        ("invalid_code", Meaning.dead), ("error_shop_refresh_token", .dead), ("refresh_token_expired", .dead),
        ("shop_access_expired", .dead), ("shop_no_linked", .dead), ("shop_banned", .dead), ("error_auth", .fix),
        ("common.error_auth", .fix), ("error_sign", .fix), ("error_param", .fix), ("source_ip_undeclared", .fix),
        ("error_partner_key_expired", .fix), ("error_rate_limit", .later), ("error_limit", .later),
        ("error_server", .later), ("error_network", .later), ("other", .unknown),
    ])
    func `Shopee's refusals`(code: String, meaning: Meaning) throws {
        #expect(try shopee.meaning(200, #"{"error":"\#(code)","message":"Wrong sign.","request_id":"1"}"#) == meaning)
        let dead = #"{"error":"error_auth","message":"Invalid refresh_token.","request_id":"1"}"#
        #expect(try shopee.meaning(200, dead) == .dead && shopee.meaning(503, dead) == .later)
    }

    @Test func `Shopee's rejections of a token`() {
        for code in ["error_auth", "invalid_acceess_token"] {
            #expect(shopee.rejects(200, #"{"error":"\#(code)","message":"Invalid access_token.","request_id":"1"}"#))
        }
        #expect(!shopee.rejects(200, #"{"error":"error_sign","message":"Wrong sign.","request_id":"1"}"#))
    }

    @Test func `Shopee's dialect conforms`() async throws {
        try await shopee.conforms(signedBy: ShopeeSigner(shop: 54804))
    }
}
