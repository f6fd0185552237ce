import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Answers of providers that say more, or otherwise, than they need to.
@Suite(.timeLimit(.minutes(1)))
struct OddAnswersTests {
    @Test(arguments: [
        #""error":{}"#, #""error":null,"error":null"#, #""errors":["scope b is deprecated"]"#, #""error":"ok""#,
        #""error":{"code":0,"message":"ok"}"#, #""error":{"code":"ok","message":""}"#, #""error":"0""#, #""error":0"#,
        #""msg":"ok","code":"200""#, #""scope":"a","scope":"a""#, #""token_type":"Bearer","token_type":"Bearer""#,
        #""token_type":1"#,
    ])
    func `A refresh whose answer has a warning beside its tokens is a success`(_ member: String) async throws {
        let rig = Rig(
            identity: .user(try Account("ann")),
            provider: StubProvider { call in
                guard call.grantType == "refresh_token" else { return .tokens("access-1", refresh: "refresh-1") }
                return .json(200, #"{"access_token":"access-2","refresh_token":"refresh-2",\#(member)}"#)
            }
        )
        try await rig.session.signIn(with: Sample.code)
        #expect(try await rig.session.renew().value.revealed == "access-2")
        #expect(await rig.record()?.refreshToken?.value == "refresh-2")
        #expect(rig.provider.calls.count == 2)
    }

    @Test func `A message beside a token of another name is no refusal`() throws {
        let dialect = Sample.standard(
            WireConventions {
                $0.answer.containers = ["data"]
                $0.answer.names = [.accessToken: "token"]
            }
        )
        #expect(dialect.refusal(in: .json(200, #"{"msg":"ok","data":{"token":"t"}}"#)) == nil)
        #expect(dialect.refusal(in: .json(200, #"{"msg":"no","data":{"user":"t"}}"#)) != nil)
        #expect(dialect.refusal(in: .json(200, #"{"error":"invalid_grant","data":{"token":"t"}}"#)) != nil)
    }

    @Test func `A number may be an error's code`() {
        let dialect = Sample.standard(WireConventions { $0.refusal.rejections = ["40001"] })
        #expect(dialect.refusal(in: .json(400, #"{"error":40001}"#))?.code == "40001")
        #expect(dialect.isTokenRejection(.json(400, #"{"error":40001}"#)))
        #expect(dialect.refusal(in: .json(200, #"{"error":0}"#)) == nil)
    }

    @Test func `A code counts before another one that folds to the same letters`() {
        let dialect = Sample.standard(
            WireConventions { $0.refusal.remedies = ["-1": .retryLater, "1": .discardGrant] }
        )
        func remedy(_ code: String) -> Remedy {
            dialect.remedy(for: Refusal(status: 400, code: code), of: Sample.exchange())
        }
        #expect(remedy("-1") == .retryLater && remedy("1") == .discardGrant && remedy("_1") == .retryLater)
    }

    @Test func `A success may lie in an object, be a fraction, or be a text that reads like a flag`() async {
        func said(_ name: String, _ value: some LosslessStringConvertible, _ text: String) -> Bool {
            let dialect = Sample.standard(WireConventions { $0.refusal.success = .init(name, value) })
            return dialect.refusal(in: .json(200, text)) == nil
        }
        #expect(said("code", 0.0, #"{"code":0}"#) && !said("code", 0.0, #"{"code":7}"#))
        #expect(said("a.b", true, #"{"a":{"b":true}}"#) && !said("a.b", true, #"{"a":{"b":false}}"#))
        #expect(!said("ok", true, #"{"ok":false,"OK":true,"access_token":"t"}"#))
        let report = await conformance(of: Sample.standard(WireConventions { $0.refusal.success = .init("s", "true") }))
        #expect(report.passes, "\(report)")
    }

    @Test(arguments: [
        (#""0x70000000""#, nil as Duration?), (#""2030-01-01T00:00:00Z""#, .seconds(1)), ("1e300", nil),
        ("1893456000000000", nil), ("0", nil),
    ])
    func `A date is a date`(_ json: String, _ least: Duration?) throws {
        let conventions = WireConventions { $0.answer.zeroIsUnlimited = true }
        let answer = WireResponse.json(200, #"{"access_token":"a","expires_at":\#(json)}"#)
        if json == "0" {
            #expect(try conventions.tokens(in: answer).lifetime == nil)
        } else if let least {
            #expect(try #require(conventions.tokens(in: answer).lifetime) >= least)
        } else {
            #expect(tokenError { try conventions.tokens(in: answer) }?.code == .unreadableAnswer)
        }
    }

    @Test func `A host that is not taken at a refresh leaves the other extras`() async throws {
        let provider = StubProvider { call in
            let host = call.grantType == "refresh_token" ? "https://elsewhere.example" : "https://my.acme.com"
            return .tokens(
                "access-\(call.number)",
                refresh: "refresh-\(call.number)",
                saying: ["instance_url": host, "shop_key": "key-\(call.number)"]
            )
        }
        let rig = Rig(dialect: InstanceDialect(), identity: .user(try Account("ann")), provider: provider)
        try await rig.session.signIn(with: Sample.code)
        _ = try await rig.session.renew()
        let extras = rig.session.extras.mapValues(\.revealed)
        #expect(extras == ["instance_url": "https://my.acme.com", "shop_key": "key-2"])
    }
}
