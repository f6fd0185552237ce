import Foundation
import OAuthDialects
import Testing

@Suite(.tags(.trap))
struct ErrorTrapTests {
    static let shapes: [(String, String?, String?)] = [
        (#"{"error":"invalid_grant","error_description":"gone"}"#, "invalid_grant", "gone"),
        (#"{"error":{"code":"INVALID_GRANT","message":"gone"}}"#, "INVALID_GRANT", "gone"),
        (#"{"error":{"code":"VALIDATION_ERROR","description":{"storeId":"is required"}}}"#, "VALIDATION_ERROR", nil),
        (#"{"errors":["one","two"]}"#, nil, "one two"),
        (#"{"errors":[{"message":"m","path":["p"],"extensions":{"code":"C"}}],"data":null}"#, "C", "m"),
        (#"{"msg":"Permission denied"}"#, nil, "Permission denied"),
    ]

    // Trap 25.
    @Test(arguments: shapes)
    func `Every shape of an error is read by one reader`(_ body: String, _ code: String?, _ message: String?) throws {
        for named in NamedDialect.all {
            let refusal = try #require(named.dialect.refusal(in: Sample.answer(body, status: 400)))
            #expect(refusal == Refusal(status: 400, code: code, message: message))
        }
    }

    // Trap 26.
    @Test(arguments: [502, 503, 404, 400, 302])
    func `A page of HTML is a refusal without words`(_ status: Int) throws {
        let html = "<html><body>Please try again in 30 seconds</body></html>"
        let answer = Sample.answer(html, status: status, headers: ["Content-Type": "text/html"])
        for named in NamedDialect.all {
            #expect(named.dialect.refusal(in: answer) == Refusal(status: status))
            #expect(
                tokenError { try named.dialect.tokens(in: answer, for: Sample.exchange()) }?.code == .unreadableAnswer
            )
        }
    }

    // Trap 27.
    @Test(arguments: [
        #"{"error":{"code":"INVALID_CLIENT","message":"no"}}"#, #"{"errors":[{"message":"no"}],"data":null}"#,
        #"{"errors":["no"]}"#, #"{"msg":"no"}"#, #"{"error":"invalid_client"}"#, #"{"error":{}}"#,
        #"{"error":{"code":"X"},"accessToken":"t"}"#, #"{"error":"x","error":"y","access_token":"t"}"#,
    ])
    func `Status 200 does not make an error a success`(_ body: String) {
        for named in NamedDialect.all {
            #expect(named.dialect.refusal(in: Sample.answer(body))?.status == 200)
        }
    }

    // Trap 27.
    @Test(arguments: [
        #"{"access_token":"t","msg":"welcome"}"#, #"{"access_token":"t","error":null,"errors":[]}"#,
        #"{"access_token":"t","error":""}"#, #"{"accessToken":"t","msg":"welcome"}"#,
    ])
    func `An answer with a token and no error is no refusal`(_ body: String) {
        for named in NamedDialect.all { #expect(named.dialect.refusal(in: Sample.answer(body)) == nil) }
    }

    // Trap 28.
    @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599])
    func `A failure that will pass leaves the refresh token alone`(_ status: Int) throws {
        let exchange = Sample.exchange(try Sample.refresh())
        for named in NamedDialect.all {
            #expect(named.dialect.remedy(for: Refusal(status: status), of: exchange) == .retryLater)
        }
    }

    // Trap 29.
    @Test func `Hydra's other words for a dead refresh token are understood`() throws {
        let exchange = Sample.exchange(try Sample.refresh())
        let tiki = TikiDialect(.production)
        for (status, code) in [(400, "invalid_grant"), (401, "token_inactive")] {
            #expect(tiki.remedy(for: Refusal(status: status, code: code), of: exchange) == .discardGrant)
        }
    }

    // Trap 29.
    @Test(arguments: ["The refresh token was not found", "The POST body can not be empty", nil])
    func `Hydra's invalid_request ends no sign-in`(_ message: String?) throws {
        let refusal = Refusal(status: 400, code: "invalid_request", message: message)
        let exchange = Sample.exchange(try Sample.refresh())
        #expect(TikiDialect(.production).remedy(for: refusal, of: exchange) == .unknown)
    }

    // Trap 29.
    @Test func `Two refreshes at once at Hydra are asked again`() throws {
        let message =
            "Failed to refresh token because of multiple concurrent requests using the same token. Please retry the request."
        let refusal = Refusal(status: 400, code: "invalid_request", message: message)
        #expect(TikiDialect(.production).remedy(for: refusal, of: Sample.exchange(try Sample.refresh())) == .retryLater)
    }

    // Trap 29.
    @Test(arguments: NamedDialect.all)
    func `A 401 that says invalid_client is about the client, also for a refresh`(_ named: NamedDialect) throws {
        let refusal = Refusal(status: 401, code: "invalid_client")
        let remedy = named.dialect.remedy(for: refusal, of: Sample.exchange(try Sample.refresh()))
        guard case .fixConfiguration = remedy else {
            Issue.record("\(remedy)")
            return
        }
    }

    // Trap 31.
    @Test func `What must be fresh is made anew for each attempt`() throws {
        let signing = RevenueMonsterDialect(.sandbox).overriding {
            $0.authorize = { request, access, base in
                try base.authorize(&request, for: access)
                request.headers["X-Nonce-Str"] = access.nonce
                request.headers["X-Timestamp"] = String(Int(access.date.timeIntervalSince1970))
            }
        }
        let token = try AccessToken("t")
        let credentials = ClientCredentials(id: "client", secret: "s")
        var request = WireRequest("POST", try Sample.url("https://sb-open.revenuemonster.my/v3/payment"))
        for (nonce, seconds) in [("n1", 0.0), ("n2", 1.0)] {
            let date = Sample.date.addingTimeInterval(seconds)
            let access = ResourceAccess(token: token, credentials: credentials, date: date, nonce: nonce)
            try signing.authorize(&request, for: access)
            #expect(request.headers.fields.map(\.name) == ["Authorization", "X-Nonce-Str", "X-Timestamp"])
            #expect(request.headers["X-Nonce-Str"] == nonce)
            #expect(request.headers["X-Timestamp"] == String(1_700_000_000 + Int(seconds)))
        }
    }

    // Trap 32.
    @Test func `The bytes that a signature would cover are those that are sent`() {
        let body = WireBody.json([WireField("b", "<&>/é"), WireField("a", "9007199254740993")])
        #expect(body.data == body.data)
        #expect(String(decoding: body.data, as: UTF8.self) == #"{"b":"<&>/é","a":"9007199254740993"}"#)
        let bytes = Data([0, 255, 10])
        #expect(WireBody.bytes(bytes).data == bytes)
    }

    // Trap 33.
    @Test func `Being too fast is waited out, for as long as the provider says`() throws {
        let body = #"{"error":{"code":"TOO_MANY_REQUEST_PER_SECOND","message":"slow"}}"#
        let dialect = RevenueMonsterDialect(.production)
        for status in [200, 400, 429] {
            let answer = Sample.answer(body, status: status, headers: ["Retry-After": "7"])
            let refusal = try #require(dialect.refusal(in: answer))
            #expect(refusal.retryAfter == .delay(.seconds(7)))
            #expect(dialect.remedy(for: refusal, of: Sample.exchange()) == .retryLater)
        }
    }
}
