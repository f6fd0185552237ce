import CryptoExtras
import Foundation
import OAuthDialects
import Providers
import Testing

struct AlipayTests {
    private let alipay = Example(
        AlipayDialect(),
        id: "2014072300007148",
        // 03:07:50 in China.
        date: Date(timeIntervalSince1970: 1_406_142_470),
        // The documents' request, before what the signer adds.
        (
            .code("4b203fe6c11548bcabd8da5bb087a83b", redirectURI: "https://app.example/callback"),
            """
            POST https://openapi.alipay.com/gateway.do
            \(form)

            app_id=2014072300007148&method=alipay.system.oauth.token&grant_type=authorization_code
            &code=4b203fe6c11548bcabd8da5bb087a83b
            """
        ),
        (
            .refresh(),
            """
            POST https://openapi.alipay.com/gateway.do
            \(form)

            app_id=2014072300007148&method=alipay.system.oauth.token&grant_type=refresh_token&refresh_token=REFRESH_TOKEN
            """
        )
    )

    @Test func `Alipay's requests`() throws {
        try alipay.sendsWhatIsDocumented()
        let sandbox = Example(AlipayDialect(isSandbox: true), (.code(), ""))
        let url = try sandbox.dialect.request(for: sandbox.exchange()).url
        #expect(url.absoluteString == "https://openapi-sandbox.dl.alipaydev.com/gateway.do")
        let request = try alipay.authorized("https://openapi.alipay.com/gateway.do?method=alipay.user.info.share")
        #expect(request.url.query() == "method=alipay.user.info.share&auth_token=TOKEN")
    }

    /// The text is the one that a computation with the values of the documents gave.
    @Test func `Alipay's signature is of the documented text`() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signer = try AlipaySigner(pem: Secret(key.pemRepresentation))
        let request = try alipay.dialect.request(for: alipay.exchange())
        let signed = try ShownRequest(signer.signed(request, for: .token(alipay.exchange())))
        let text = """
            app_id=2014072300007148&charset=utf-8&code=4b203fe6c11548bcabd8da5bb087a83b&grant_type=authorization_code\
            &method=alipay.system.oauth.token&sign_type=RSA2&timestamp=2014-07-24 03:07:50&version=1.0
            """
        #expect(signed.fields.filter { !$0.hasPrefix("sign=") }.joined(separator: "&") == text)
        let sign = try #require(signed.fields.first { $0.hasPrefix("sign=") }).dropFirst(5)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(Data(base64Encoded: String(sign))))
        #expect(key.publicKey.isValidSignature(signature, for: Data(text.utf8), padding: .insecurePKCS1v1_5))
    }

    @Test func `An API request is signed with its token, without empty parameters`() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signer = try AlipaySigner(pem: Secret(key.pemRepresentation))
        let request = try alipay.authorized("https://openapi.alipay.com/gateway.do?method=m&empty=")
        let token = try AccessToken("TOKEN")
        let access = ResourceAccess(token: token, credentials: alipay.client, date: alipay.date, nonce: "")
        let fields = try ShownRequest(signer.signed(request, for: .resource(access))).fields
        let text = fields.filter { !$0.hasPrefix("sign=") && $0 != "empty=" }.joined(separator: "&")
        #expect(text.hasPrefix("app_id=2014072300007148&auth_token=TOKEN&charset=utf-8&method=m&"))
        let sign = try #require(fields.first { $0.hasPrefix("sign=") }).dropFirst(5)
        let signature = _RSA.Signing.RSASignature(rawRepresentation: try #require(Data(base64Encoded: String(sign))))
        #expect(key.publicKey.isValidSignature(signature, for: Data(text.utf8), padding: .insecurePKCS1v1_5))
    }

    @Test(arguments: [(#""3600""#, 3600, #""7200""#, 7200), ("1296000", 1_296_000, "2592000", 2_592_000)])
    func `Alipay's answers, with texts or numbers`(
        json: String,
        seconds: Int,
        refreshJSON: String,
        refreshSeconds: Int
    ) throws {
        let tokens = try alipay.tokens(
            #"""
            {"alipay_system_oauth_token_response":{"user_id":"2088102150477652",
            "access_token":"20120823ac6ffaa4d2d84e7384bf983531473993","expires_in":\#(json),
            "refresh_token":"20120823ac6ffdsdf2d84e7384bf983531473993","re_expires_in":\#(refreshJSON)},
            "sign":"ERITJKEIJKJHKKKKKKKHJEREEEEEEEEEEE"}
            """#
        )
        #expect(tokens.accessToken == "20120823ac6ffaa4d2d84e7384bf983531473993")
        #expect(tokens.lifetime == .seconds(seconds) && tokens.refreshTokenLifetime == .seconds(refreshSeconds))
        #expect(tokens.refreshToken?.value == "20120823ac6ffdsdf2d84e7384bf983531473993")
        #expect(tokens.said == ["user_id": "2088102150477652"])
        #expect(alipay.dialect.conventions.refreshTokenRotation == .rotates)
    }

    @Test(arguments: [
        ("40002", "isv.code-invalid", Meaning.dead), ("40002", "isv.refresh-token-invalid", .dead),
        ("40002", "isv.refresh-token-time-out", .dead), ("20000", "isp.unknow-error", .later),
        ("20000", "aop.unknow-error", .later), ("40005", "isv.app-call-limited", .later),
        ("40002", "isv.invalid-app-id", .fix), ("40002", "isv.invalid-signature", .fix),
        ("40001", "isv.missing-signature", .fix), ("40002", "isv.grant-type-invalid", .fix),
        ("40002", "isv.unmatched-app-id", .fix), ("40004", "isv.other", .unknown),
    ])
    func `Alipay's refusals, at status 200 and in two places`(code: String, sub: String, meaning: Meaning) throws {
        let refusal = #"{"code":"\#(code)","msg":"Words","sub_code":"\#(sub)","sub_msg":"More words"}"#
        #expect(try alipay.meaning(200, #"{"error_response":\#(refusal)}"#) == meaning)
        #expect(try alipay.meaning(200, #"{"alipay_system_oauth_token_response":\#(refusal)}"#) == meaning)
        for (code, meaning) in [("20000", Meaning.later), ("40005", .later), ("40006", .fix)] {
            #expect(try alipay.meaning(200, #"{"error_response":{"code":"\#(code)","msg":"Words"}}"#) == meaning)
        }
    }

    @Test func `Alipay's rejections of a token, at status 200`() {
        func body(_ code: String, _ sub: String) -> String {
            #"{"alipay_user_info_share_response":{"code":"\#(code)","msg":"…","sub_code":"\#(sub)"}}"#
        }
        #expect(alipay.rejects(200, body("20001", "aop.auth-token-time-out")))
        #expect(alipay.rejects(200, body("20001", "aop.invalid-auth-token")))
        #expect(alipay.rejects(200, #"{"error_response":{"code":"20001","msg":"…"}}"#))
        #expect(!alipay.rejects(200, body("40006", "isv.insufficient-permissions")))
        #expect(!alipay.rejects(200, #"{"alipay_user_info_share_response":{"code":"10000","msg":"Success"}}"#))
    }

    @Test func `Alipay's dialect conforms`() async throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        try await alipay.conforms(signedBy: AlipaySigner(pem: Secret(key.pemRepresentation)))
    }
}
