import Foundation
import OAuthDialects
import Providers
import Testing

struct LazadaTests {
    private let lazada = Example(
        LazadaDialect(),
        id: "100132",
        date: Date(timeIntervalSince1970: 1_767_595_695.482),
        // The documents' request, before its signature.
        (
            .code("0_100132_Cl3VmMr6W6YC6cx6swxFAZ0l825", redirectURI: "https://app.example/callback"),
            "GET https://auth.lazada.com/rest/auth/token/create?code=0_100132_Cl3VmMr6W6YC6cx6swxFAZ0l825"
        ),
        (.refresh(), "GET https://auth.lazada.com/rest/auth/token/refresh?refresh_token=REFRESH_TOKEN")
    )

    @Test func `Lazada's requests`() async throws {
        try lazada.sendsWhatIsDocumented()
        let signIn = try await lazada.signIn()
        #expect(signIn.address == "https://auth.lazada.com/oauth/authorize" && signIn.fields["force_auth"] == "true")
        #expect(signIn.fields["client_id"] == "100132" && signIn.fields["code_challenge"] == nil)
        let request = try lazada.authorized("https://api.lazada.co.th/rest/order/get?order_id=1234")
        #expect(request.url.query() == "order_id=1234&access_token=TOKEN")
        for host in ["sg", "com.my", "vn", "com.ph", "co.id"] {
            #expect(throws: Never.self) { try lazada.authorized("https://api.lazada.\(host)/rest/order/get") }
        }
    }

    @Test func `Lazada's token request is signed, and has the documented fields`() throws {
        let request = try lazada.dialect.request(for: lazada.exchange())
        let signed = try ShownRequest(LazadaSigner().signed(request, for: .token(lazada.exchange())))
        #expect(signed.line == "GET https://auth.lazada.com/rest/auth/token/create")
        #expect(
            signed.fields.filter { !$0.hasPrefix("sign=") } == [
                "app_key=100132", "code=0_100132_Cl3VmMr6W6YC6cx6swxFAZ0l825", "sign_method=sha256",
                "timestamp=1767595695482",
            ]
        )
        #expect(signed.fields.contains { $0.wholeMatch(of: /sign=[0-9A-F]{64}/) != nil })
        #expect(!signed.url.contains("CLIENT_SECRET"))
    }

    @Test func `Lazada's signature is the documents'`() throws {
        let client = ClientCredentials(id: "123456", secret: "helloworld")
        let date = Date(timeIntervalSince1970: 1_517_820_392)
        let access = ResourceAccess(token: try AccessToken("test"), credentials: client, date: date, nonce: "")
        var request = WireRequest(
            "GET",
            try #require(URL(string: "https://api.lazada.sg/rest/order/get?order_id=1234"))
        )
        try lazada.dialect.authorize(&request, for: access)
        let sign = "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A"
        let signed = try ShownRequest(LazadaSigner().signed(request, for: .resource(access)))
        #expect(signed.fields.contains("sign=\(sign)"))
        request = WireRequest("POST", request.url, body: .form([WireField("order_id", "1234")]))
        request.url = try #require(URL(string: "https://api.lazada.sg/rest/order/get?access_token=test"))
        #expect(
            try ShownRequest(LazadaSigner().signed(request, for: .resource(access))).fields.contains("sign=\(sign)")
        )
    }

    @Test(arguments: [(#"4320000"#, "864000"), (#""4320000""#, #""864000""#)])
    func `Lazada's answers, with numbers or texts`(refresh: String, access: String) throws {
        let tokens = try lazada.tokens(
            #"""
            {"access_token":"50000201f12dgccvfLzTimgL1c1c4dd8h0irs9DWCORDQqXRlsvWgpDt5x4Fwy","country":"sg",
            "refresh_token":"50001201e12pmXdgResRzjif112e3a46Kl0eqskC0iRRhLQXprmWX5QElsqQOK",
            "account_platform":"seller_center","refresh_expires_in":\#(refresh),
            "country_user_info":[{"country":"sg","user_id":"1152180742","seller_id":"1152180742"}],
            "expires_in":\#(access),"account":"LzdOp_SG_test@163.com","code":"0","request_id":"212a6a5a17675956955215662"}
            """#
        )
        #expect(tokens.lifetime == .seconds(864_000) && tokens.refreshTokenLifetime == .seconds(4_320_000))
        #expect(
            tokens.said == ["country": "sg", "account": "LzdOp_SG_test@163.com", "account_platform": "seller_center"]
        )
    }

    @Test(arguments: [
        ("InvalidCode", Meaning.dead), ("IllegalRefreshToken", .dead), ("AUTH_TYPE_UNSUPPORTED", .dead),
        ("MissingParameter", .fix), ("IncompleteSignature", .fix), ("ApiCallLimit", .later),
        ("AppApiCallLimit", .later),
        ("SellerCallLimit", .later), ("ServiceTimeout", .later), ("OtherCode", .unknown),
    ])
    func `Lazada's refusals, at status 200`(code: String, meaning: Meaning) throws {
        let body = #"{"code":"\#(code)","type":"ISP","message":"Words","request_id":"1"}"#
        #expect(try lazada.meaning(200, body) == meaning)
        #expect(lazada.dialect.refusal(in: WireResponse(status: 200, body: Data(body.utf8)))?.message == "Words")
    }

    @Test func `Lazada's rejections of a token, at status 200`() {
        #expect(lazada.rejects(200, #"{"type":"ISV","code":"IllegalAccessToken","message":"…","request_id":"1"}"#))
        #expect(!lazada.rejects(200, #"{"type":"ISV","code":"IncompleteSignature","message":"…","request_id":"1"}"#))
        #expect(!lazada.rejects(200, #"{"code":"0","data":{},"request_id":"1"}"#))
    }

    @Test func `Lazada's dialect conforms`() async throws { try await lazada.conforms(signedBy: LazadaSigner()) }
}
