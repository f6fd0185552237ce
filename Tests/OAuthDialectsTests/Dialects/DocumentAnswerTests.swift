import Foundation
import OAuthDialects
import Testing

struct DocumentAnswerTests {
    private static let dialects: [Int: NamedDialect] = [
        0: .weTix, 1: .weTix, 2: .weTix, 3: .revenueMonster,
    ]

    @Test(arguments: [0, 1, 2, 3])
    func `A page's response example is read as it stands`(_ number: Int) throws {
        let document = try Document(number)
        let members = try document.members()
        func member<Value>(_ snake: String, _ camel: String) throws -> Value {
            try #require((members[snake] ?? members[camel]) as? Value)
        }
        let dialect = try #require(Self.dialects[number]).dialect
        let response = WireResponse(status: 200, body: try document.answer())

        #expect(dialect.refusal(in: response) == nil)
        let tokens = try dialect.tokens(in: response, for: Sample.exchange())

        #expect(tokens.accessToken.revealed == (try member("access_token", "accessToken")))
        #expect(tokens.refreshToken?.value.revealed == (try member("refresh_token", "refreshToken")))
        #expect(tokens.lifetime == .seconds(try member("expires_in", "expiresIn") as Int))
        #expect(
            tokens.refreshTokenLifetime
                == .seconds(try member("refresh_token_expires_in", "refreshTokenExpiresIn") as Int)
        )
        #expect(tokens.scopes == nil)
    }

    @Test(arguments: zip([0, 1, 2, 3], [5_184_000, 5_184_000, 5_184_000, 2_591_999]))
    func `The lifetimes are those that the pages print`(_ number: Int, _ seconds: Int) throws {
        let response = WireResponse(status: 200, body: try Document(number).answer())
        let tokens = try WireConventions().tokens(in: response)
        #expect(tokens.lifetime == .seconds(seconds))
        #expect(tokens.refreshTokenLifetime == .seconds(number == 3 ? 1_576_799_999 : 31_536_000))
    }

    @Test func `The refresh token of WeTix's refresh example comes back unchanged`() throws {
        let document = try Document(1)
        let sent = try #require(document.curl().json?["refresh_token"])
        let tokens = try WireConventions().tokens(in: WireResponse(status: 200, body: document.answer()))
        #expect(tokens.refreshToken?.value.revealed == sent)
        #expect(tokens.accessToken.revealed != sent)
    }

    /// Captured from Tiki by a client; the tokens are made up.
    @Test func `Tiki's captured answer is read`() throws {
        let body =
            #"{"access_token":"X.Y","expires_in":1295999,"refresh_token":"Z.W","scope":"all offline","token_type":"bearer"}"#
        let response = Sample.answer(body)
        let dialect = TikiDialect(.production)
        #expect(dialect.refusal(in: response) == nil)
        let tokens = try dialect.tokens(in: response, for: Sample.exchange())
        #expect(tokens.accessToken.revealed == "X.Y")
        #expect(tokens.refreshToken?.value.revealed == "Z.W")
        #expect(tokens.lifetime == .seconds(1_295_999))
        #expect(tokens.refreshTokenLifetime == nil)
        #expect(tokens.scopes == ["all", "offline"])
    }

    /// Revenue Monster's older samples say 393612 beside a token of 30 days: what is left of it.
    @Test func `A remaining lifetime is taken as it is`() throws {
        let answer = try String(decoding: Document(3).answer(), as: UTF8.self)
        let older = answer.replacing("2591999", with: "393612")
        let tokens = try RevenueMonsterDialect(.production).tokens(in: Sample.answer(older), for: Sample.exchange())
        #expect(tokens.lifetime == .seconds(393_612))
    }
}
