import Foundation
import OAuthDialects
import Testing

@Suite(.tags(.trap))
struct ResponseTrapTests {
    // Trap 10.
    @Test(arguments: [("3600", 3600), (#""3600""#, 3600), ("3599.9", 3599), (#""3599.9""#, 3599), ("-1", 0), ("0", 0)])
    func `A lifetime is a number, a string or a float`(_ json: String, _ seconds: Int) throws {
        #expect(try Sample.lifetime(json) == .seconds(seconds))
    }

    // Trap 11.
    @Test(arguments: NamedDialect.all)
    func `An access token alone is an answer`(_ named: NamedDialect) throws {
        let answer = Sample.answer(#"{"access_token":"t"}"#)
        #expect(named.dialect.refusal(in: answer) == nil)
        let tokens = try named.dialect.tokens(in: answer, for: Sample.exchange())
        #expect(try tokens == TokenSet(accessToken: "t"))
    }

    // Trap 11.
    @Test(arguments: ["Bearer", "bearer", "BEARER", "", nil])
    func `A token type is bearer in any case, empty or missing`(_ type: String?) throws {
        let member = type.map { #","token_type":"\#($0)""# } ?? ""
        #expect(try Sample.tokens(#"{"access_token":"t"\#(member)}"#).accessToken == "t")
    }

    // Trap 12.
    @Test(arguments: NamedDialect.all)
    func `No documented lifetime stands in for a missing one`(_ named: NamedDialect) throws {
        let answer = Sample.answer(#"{"access_token":"t","refresh_token":"r"}"#)
        let tokens = try named.dialect.tokens(in: answer, for: Sample.exchange())
        #expect(tokens.lifetime == nil)
        #expect(tokens.refreshTokenLifetime == nil)
    }

    // Trap 13.
    @Test(arguments: [0, 1, 59, 999, 393_612])
    func `A nearly dead token has the lifetime it has`(_ seconds: Int) throws {
        let answer = Sample.answer(#"{"accessToken":"t","expiresIn":\#(seconds)}"#)
        let tokens = try RevenueMonsterDialect(.production).tokens(in: answer, for: Sample.exchange())
        #expect(tokens.lifetime == .seconds(seconds))
    }

    // Trap 14.
    @Test(arguments: NamedDialect.all)
    func `A reading does not depend on when it happens`(_ named: NamedDialect) throws {
        let answer = Sample.answer(#"{"access_token":"t","expires_in":3600,"refresh_token":"r"}"#)
        var later = Sample.exchange()
        later.date += 86_400
        let first = try named.dialect.tokens(in: answer, for: Sample.exchange())
        #expect(try named.dialect.tokens(in: answer, for: later) == first)
    }

    // Trap 15.
    @Test func `Fifty years of seconds are read without overflow`() throws {
        let body = #"{"access_token":"t","expires_in":1576799999,"refresh_token_expires_in":"1576799999"}"#
        let tokens = try Sample.tokens(body)
        #expect(tokens.lifetime == .seconds(1_576_799_999))
        #expect(tokens.refreshTokenLifetime == .seconds(1_576_799_999))
    }

    // Trap 16.
    @Test(arguments: [#"{"access_token":"t"}"#, #"{"access_token":"t","refresh_token":null}"#])
    func `A missing refresh token is told from a new one`(_ body: String) throws {
        #expect(try Sample.tokens(body).refreshToken == nil)
        #expect(try Sample.tokens(#"{"access_token":"t","refresh_token":""}"#).refreshToken == nil)
        let new = try Sample.tokens(#"{"access_token":"t","refresh_token":"new"}"#).refreshToken
        #expect(try new == RefreshToken("new"))
    }

    // Trap 17. WeTix's sample token ended in 2021 by its own claims.
    @Test func `Nothing is read from within a token`() throws {
        let members = try Document(0).members()
        let token = try #require(members["access_token"] as? String)
        let tokens = try Sample.tokens(#"{"access_token":"\#(token)"}"#)
        #expect(tokens.lifetime == nil)
        #expect(try Sample.tokens(#"{"access_token":"X.Y"}"#).accessToken == "X.Y")
        #expect(try Sample.tokens(#"{"access_token":"not.a.jwt","expires_in":5}"#).lifetime == .seconds(5))
    }

    // Trap 17.
    @Test func `WeTix's look-alike tokens end up each in its own place`() throws {
        let members = try Document(2).members()
        let answer = WireResponse(status: 200, body: try Document(2).answer())
        let tokens = try WeTixDialect(.production).tokens(in: answer, for: Sample.exchange(Sample.refresh()))
        #expect(tokens.accessToken.revealed == members["access_token"] as? String)
        #expect(tokens.refreshToken?.value.revealed == members["refresh_token"] as? String)
    }

    // Trap 37.
    @Test func `WeTix's sandbox tokens go to the host that they name`() throws {
        let members = try Document(0).members()
        let claims = try #require((members["access_token"] as? String)?.split(separator: ".")[1])
        let padding = String(repeating: "=", count: (4 - claims.count % 4) % 4)
        let json = try #require(Data(base64Encoded: claims + padding))
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        let apiOrigins = try #require(object["aud"] as? [String])
        #expect(!apiOrigins.isEmpty)
        for text in apiOrigins {
            let url = try Sample.url(text)
            #expect(WeTixDialect(.sandbox).apiOrigins.contains(url))
            #expect(!WeTixDialect(.production).apiOrigins.contains(url))
        }
    }
}
