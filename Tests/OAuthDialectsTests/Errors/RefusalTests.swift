import Foundation
import OAuthDialects
import Testing

struct RefusalTests {
    @Test(arguments: [
        "INVALID_CLIENT", "InvalidClient", "InvalidClient:", "invalid_client", "Invalid-Client", "invalid client",
        "iNVALIDcLIENT::",
    ])
    func `A code is one whatever its casing`(_ code: String) {
        #expect(Refusal(status: 400, code: code).foldedCode == "invalidclient")
        let remedy = RevenueMonsterDialect(.production).remedy(
            for: Refusal(status: 400, code: code),
            of: Sample.exchange()
        )
        #expect(remedy != .discardGrant && remedy != .retryLater)
    }

    @Test(arguments: ["TOO_MANY_REQUEST_PER_SECOND", "TooManyRequestPerSecond:", "too-many-request-per-second"])
    func `Revenue Monster's own codes are folded too`(_ code: String) {
        let refusal = Refusal(status: 400, code: code)
        #expect(RevenueMonsterDialect(.production).remedy(for: refusal, of: Sample.exchange()) == .retryLater)
    }

    @Test func `Hydra's first shape has all its words`() {
        let body = """
            {"error":"invalid_client","error_description":"Client authentication failed","error_hint":"The hint",\
            "status_code":401,"error_debug":"crypto/bcrypt: mismatch"}
            """
        let refusal = TikiDialect(.production).refusal(in: Sample.answer(body, status: 401))
        let message = "Client authentication failed The hint crypto/bcrypt: mismatch"
        #expect(refusal == Refusal(status: 401, code: "invalid_client", message: message))
    }

    @Test(
        arguments: [
            (#"{"error":{"code":404,"message":"m"}}"#, "404"), (#"{"error":{"code":1e300}}"#, nil),
            (#"{"error":{"code":true}}"#, nil), (#"{"error":[{"code":"A"},{"code":"B"}]}"#, "A"),
            (#"{"errors":[1,null,{"extensions":{"code":"C"}}]}"#, "C"), (#"{"error":{"code":"A","code":"B"}}"#, nil),
        ] as [(String, String?)]
    )
    func `A code may be a number or stand in a list`(_ body: String, _ code: String?) throws {
        let refusal = try #require(Sample.standard().refusal(in: Sample.answer(body)))
        #expect(refusal.code == code)
    }

    @Test(arguments: [
        #"{"code":0,"msg":"ok"}"#, #"{"code":"0","msg":"success"}"#, #"{"errcode":0,"errmsg":"ok"}"#,
        #"{"code":0,"message":"done"}"#, #"{"message":"hello"}"#, #"{"code":7,"name":"seven"}"#, #"[{"message":"m"}]"#,
        #"{"errors":[]}"#,
    ])
    func `An answer that says that all is well is no refusal`(_ body: String) {
        #expect(Sample.standard().refusal(in: Sample.answer(body)) == nil)
    }

    @Test(
        arguments: [
            (200, #"{"errcode":40029,"errmsg":"invalid code"}"#, "40029", "invalid code"),
            (200, #"{"code":20050,"msg":"busy"}"#, "20050", "busy"),
            (400, #"{"code":20050}"#, "20050", nil), (401, #"{"code":0,"msg":"no"}"#, nil, "no"),
            (
                400, #"{"errors":[{"errorType":"invalid_grant","message":"Refresh token invalid"}],"success":false}"#,
                "invalid_grant", "Refresh token invalid"
            ),
            (
                401, #" [{"errorCode":"INVALID_SESSION_ID","message":"Session expired"}]"#, "INVALID_SESSION_ID",
                "Session expired"
            ),
            (400, #"["no","way"]"#, nil, "no way"), (401, #"{"message":"Unauthorized"}"#, nil, "Unauthorized"),
            (403, #"{"message":"Forbidden","code":"NOPE"}"#, "NOPE", "Forbidden"),
        ] as [(Int, String, String?, String?)]
    )
    func `Other shapes of an error are read`(_ status: Int, _ body: String, _ code: String?, _ message: String?) {
        let refusal = Sample.standard().refusal(in: Sample.answer(body, status: status))
        #expect(refusal == Refusal(status: status, code: code, message: message))
    }

    @Test func `An error in a form is read`() {
        let body = "error=bad_verification_code&error_description=The+code+passed+is+incorrect%21"
        let form: WireHeaders = ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"]
        let refusal = Sample.standard().refusal(in: Sample.answer(body, headers: form))
        #expect(
            refusal
                == Refusal(status: 200, code: "bad_verification_code", message: "The code passed is incorrect!")
        )
    }

    @Test func `A long list of errors is not read to its end`() throws {
        let errors = [String](repeating: #""no""#, count: 50_000).joined(separator: ",")
        let refusal = try #require(Sample.standard().refusal(in: Sample.answer(#"{"errors":[\#(errors)]}"#)))
        #expect(refusal.message?.utf8.count ?? 0 < 100)
    }

    @Test(arguments: [Data(), Data([0xFF, 0xFE]), Data("null".utf8), Data("[]".utf8), Data("{".utf8), Data([0])])
    func `Without words the status decides`(_ body: Data) {
        for status in [199, 204, 304, 400, 500] {
            let refusal = Sample.standard().refusal(in: WireResponse(status: status, body: body))
            #expect(refusal == (status == 204 ? nil : Refusal(status: status)))
        }
    }

    @Test func `A token in a refused answer is not a success`() {
        let answer = Sample.answer(#"{"access_token":"t"}"#, status: 401)
        #expect(Sample.standard().refusal(in: answer) == Refusal(status: 401))
    }
}
