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
