import Foundation
import OAuthDialects
import Testing

/// Which of an API's answers say that the token was no good.
struct RejectionTests {
    @Test(arguments: [NamedDialect.weTix, .tiki, .tikiBody])
    func `Status 401 rejects a token, and nothing else does`(_ named: NamedDialect) {
        for status in [200, 204, 302, 400, 401, 403, 404, 405, 406, 429, 500, 502, 503] {
            #expect(named.dialect.isTokenRejection(WireResponse(status: status)) == (status == 401))
        }
        let forbidden = Sample.answer(
            #"{"errors":["You don't have permission / Your token isn't active now"]}"#,
            status: 403
        )
        #expect(!named.dialect.isTokenRejection(forbidden))
    }

    @Test(
        arguments: [200, 400, 401],
        ["TOKEN_EXPIRED", "TokenExpired:", "TOKEN_INVALID", "TOKEN_SUSPENDED", "UNAUTHORIZED"]
    )
    func `Revenue Monster rejects a token at any status`(_ status: Int, _ code: String) {
        let answer = Sample.answer(#"{"error":{"code":"\#(code)"}}"#, status: status)
        #expect(RevenueMonsterDialect(.production).isTokenRejection(answer))
    }

    @Test(arguments: ["INVALID_SIGNATURE", "SIGNATURE_INVALID", "INVALID_REQUEST_SIGNATURE", "INVALID_TIMESTAMP"])
    func `A signature or a clock that is wrong is no fault of the token`(_ code: String) {
        let answer = Sample.answer(
            #"{"error":{"code":"\#(code)"},"debug":{"big":"\#(String(repeating: "x", count: 9000))"}}"#,
            status: 401
        )
        #expect(!RevenueMonsterDialect(.production).isTokenRejection(answer))
    }

    @Test func `Without a code that is known, Revenue Monster's status decides`() {
        let dialect = RevenueMonsterDialect(.production)
        #expect(dialect.isTokenRejection(WireResponse(status: 401)))
        #expect(dialect.isTokenRejection(Sample.answer("<html>", status: 401)))
        #expect(!dialect.isTokenRejection(Sample.answer("<html>", status: 502)))
        #expect(!dialect.isTokenRejection(Sample.answer(#"{"error":{"code":"VALIDATION_ERROR"}}"#, status: 400)))
        #expect(!dialect.isTokenRejection(Sample.answer(#"{"item":{"code":"TOKEN_EXPIRED"}}"#)))
    }

    @Test func `Names are stable lower-case ASCII`() {
        #expect(NamedDialect.all.map(\.dialect.name) == ["wetix", "revenue-monster", "tiki", "tiki", "acme"])
    }

    @Test func `What becomes of a used refresh token is said as far as it is known`() {
        let uses = NamedDialect.all.map(\.dialect.conventions.refreshTokenRotation)
        #expect(uses == [.unknown, .rotates, .rotates, .rotates, .unknown])
    }
}
