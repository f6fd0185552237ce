import Foundation
import OAuthDialects
import Testing

@Suite struct TokenRecordTests {
    @Test func `A record goes through its bytes unchanged, and prints without its tokens`() throws {
        let record = TokenRecord(
            generation: TokenRecord.Generation(number: 7, id: "00000000000000ff"),
            accessToken: "c4nary-access",
            requestedAt: Date(timeIntervalSince1970: 1_767_225_600.25),
            lifetime: .seconds(1_576_799_999),
            scopes: ["a", "b"],
            refreshToken: try RefreshToken("c4nary-refresh"),
            refreshStanding: .sent,
            refreshTokenEndsAt: Date(timeIntervalSince1970: 3_344_025_599)
        )
        #expect(try TokenRecord(bytes: record.bytes) == record)
        let tombstone = TokenRecord(
            generation: TokenRecord.Generation(number: 8, id: "01"),
            accessToken: nil,
            requestedAt: record.requestedAt
        )
        #expect(try TokenRecord(bytes: tombstone.bytes).isTombstone)
        var dumped = ""
        dump(record, to: &dumped)
        for text in ["\(record)", String(reflecting: record), dumped] { #expect(!text.contains("c4nary")) }
    }

    @Test func `What is known of a refresh token is known of that one alone`() throws {
        for (standing, isBound) in [(TokenRecord.RefreshStanding.sent, true), (.dead, true), (.ready, false)] {
            let record = TokenRecord(
                generation: TokenRecord.Generation(number: 7, id: "00000000000000ff"),
                accessToken: "access",
                requestedAt: Date(timeIntervalSince1970: 0),
                refreshToken: try RefreshToken("spent"),
                refreshStanding: standing
            )
            let text = String(decoding: try record.bytes, as: UTF8.self)
            #expect(text.contains("refreshFingerprint") == isBound)
            let byHand = text.replacing("\"spent\"", with: "\"imported\"")
            let imported = try TokenRecord(bytes: Data(byHand.utf8))
            #expect(imported.refreshToken?.value.revealed == "imported")
            #expect(imported.refreshStanding == .ready)
        }
    }

    /// The digest is what `openssl dgst -sha256 -hmac 00000000000000ff` says of the token.
    @Test func `A refresh token that is kept out of the store leaves its keyed fingerprint there`() throws {
        let record = TokenRecord(
            generation: TokenRecord.Generation(number: 7, id: "00000000000000ff"),
            accessToken: "access",
            requestedAt: Date(timeIntervalSince1970: 0),
            refreshToken: try RefreshToken("spent"),
            refreshStanding: .sent
        )
        let stored = record.withholdingRefreshToken()
        let text = String(decoding: try stored.bytes, as: UTF8.self)
        #expect(!text.contains("spent"))
        #expect(text.contains("ad903e552490363e41e29383eb9346931f7e2f0b12d9bb1bb2b31d87d6fd7e2c"))
        #expect(try TokenRecord(bytes: stored.bytes) == stored)
        #expect(stored.speaks(of: try RefreshToken("spent")))
        #expect(!stored.speaks(of: try RefreshToken("other")))
    }

    @Test(arguments: ["", "{}", "[]", "{\"version\":1}", "\u{0}"])
    func `Bytes that are no record are a typed error`(_ text: String) {
        let error = #expect(throws: TokenError.self) { try TokenRecord(bytes: Data(text.utf8)) }
        #expect(error?.code == .unreadableRecord)
    }

    @Test func `A record of a newer format is a clear error`() throws {
        let record = TokenRecord(
            generation: TokenRecord.Generation(number: 1, id: "01"),
            accessToken: "token",
            requestedAt: Date(timeIntervalSince1970: 0)
        )
        let foreign = #expect(throws: TokenError.self) {
            try TokenRecord(bytes: Data(#"{"version":3,"sealed":"..."}"#.utf8))
        }
        #expect(foreign?.message.contains("format 3") == true)
        let newer = String(decoding: try record.bytes, as: UTF8.self).replacing("\"version\":1", with: "\"version\":2")
        let error = #expect(throws: TokenError.self) { try TokenRecord(bytes: Data(newer.utf8)) }
        #expect(error?.message.contains("format 2") == true)
    }
}
