import Foundation
import OAuthDialects
import Testing

@Suite struct TokenRecordTests {
    private let key = SessionKey(identifier: "worker=shared")

    @Test func `A record goes through its bytes unchanged, and prints without its tokens`() throws {
        let record = TokenRecord(
            generation: 7,
            id: "00000000000000ff",
            accessToken: "c4nary-access",
            requestedAt: Date(timeIntervalSince1970: 1_767_225_600.25),
            lifetime: .seconds(1_576_799_999),
            scopes: ["a", "b"],
            refreshToken: try RefreshToken("c4nary-refresh"),
            refreshStanding: .sent,
            refreshTokenEndsAt: Date(timeIntervalSince1970: 3_344_025_599)
        )
        #expect(try TokenRecord(bytes: record.bytes(for: key), for: key) == record)
        let tombstone = TokenRecord(
            generation: 8,
            id: "01",
            accessToken: nil,
            requestedAt: record.requestedAt
        )
        #expect(try TokenRecord(bytes: tombstone.bytes(for: key), for: key).isTombstone)
        var dumped = ""
        dump(record, to: &dumped)
        for text in ["\(record)", String(reflecting: record), dumped] { #expect(!text.contains("c4nary")) }
    }

    @Test(arguments: ["", "{}", "[]", "{\"version\":1}", "\u{0}"])
    func `Bytes that are no record are a typed error`(_ text: String) {
        let error = #expect(throws: TokenError.self) { try TokenRecord(bytes: Data(text.utf8), for: key) }
        #expect(error?.code == .storeFailed)
        #expect(error?.isUnreadableRecord == true)
    }

    @Test func `A record of a newer format is a clear error`() throws {
        let record = TokenRecord(
            generation: 1,
            id: "01",
            accessToken: "token",
            requestedAt: Date(timeIntervalSince1970: 0)
        )
        let foreign = #expect(throws: TokenError.self) {
            try TokenRecord(bytes: Data(#"{"version":3,"sealed":"..."}"#.utf8), for: key)
        }
        #expect(foreign?.isUnreadableRecord == false)
        #expect(foreign?.message.contains("format 3") == true)
        let newer = String(decoding: try record.bytes(for: key), as: UTF8.self).replacing(
            "\"version\":1",
            with: "\"version\":3"
        )
        let error = #expect(throws: TokenError.self) { try TokenRecord(bytes: Data(newer.utf8), for: key) }
        #expect(error?.message.contains("format 3") == true)
    }
}
