import Foundation
import OAuthDialects
import Providers
import Testing

struct SquareTests {
    private let square = Example(
        SquareDialect(isSandbox: true),
        id: "sq0idp-uaPHILoPzWZk3tlJqlML0g",
        secret: "sq0csp-30a-4C_tVOnTh14Piza2BfTPBXyLafLPWSzY1qAjeBfM",
        (
            .code("sq0cgb-l0SBqxs4uwxErTVyYOdemg"),
            """
            POST https://connect.squareupsandbox.com/oauth2/token
            \(json)

            {
              "client_id": "sq0idp-uaPHILoPzWZk3tlJqlML0g",
              "client_secret": "sq0csp-30a-4C_tVOnTh14Piza2BfTPBXyLafLPWSzY1qAjeBfM",
              "code": "sq0cgb-l0SBqxs4uwxErTVyYOdemg",
              "grant_type": "authorization_code"
            }
            """
        ),
        (
            .refresh(),
            """
            POST https://connect.squareupsandbox.com/oauth2/token
            \(json)

            {"client_id":"sq0idp-uaPHILoPzWZk3tlJqlML0g","grant_type":"refresh_token","refresh_token":"REFRESH_TOKEN",
            "client_secret":"sq0csp-30a-4C_tVOnTh14Piza2BfTPBXyLafLPWSzY1qAjeBfM"}
            """
        )
    )

    @Test func `Square's requests`() async throws {
        try square.sendsWhatIsDocumented()
        let revocation = try square.revocation()
        #expect(revocation.line == "POST https://connect.squareupsandbox.com/oauth2/revoke")
        #expect(revocation.fields == ["access_token=ACCESS", "client_id=sq0idp-uaPHILoPzWZk3tlJqlML0g"])
        let secret = "sq0csp-30a-4C_tVOnTh14Piza2BfTPBXyLafLPWSzY1qAjeBfM"
        #expect(revocation.headers["authorization"] == "Client \(secret)")
        let production = try await Example(SquareDialect()).signIn("PAYMENTS_READ", "ITEMS_READ")
        #expect(production.address == "https://connect.squareup.com/oauth2/authorize")
        #expect(production.fields["scope"] == "PAYMENTS_READ ITEMS_READ" && production.fields["code_challenge"] == nil)
    }

    @Test func `Square's answer: a date of expiry`() throws {
        let tokens = try square.tokens(
            #"""
            {"access_token":"EAAl3ikZIe18J-2-cHlV2bL4-EaZHGoJUhtEBT7QA6-7AgwIHw8Xe1IoUvGsNxA",
            "expires_at":"2025-04-03T18:31:06Z","merchant_id":"MLQW2MYBY81PZ",
            "refresh_token":"EQAAl0OcByu3IYJYScGGg-8E5YNf0r0b6jCTCMy5nOcRZ4ok0wbWAL8vY3tZWNcc","short_lived":false,
            "token_type":"bearer"}
            """#,
            headers: ["Date": "Tue, 04 Mar 2025 18:31:06 GMT"]
        )
        #expect(tokens.lifetime == .seconds(30 * 86400) && tokens.refreshTokenLifetime == nil)
        #expect(tokens.said == ["merchant_id": "MLQW2MYBY81PZ", "short_lived": "false"])
        #expect(square.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `Square's refusals, by their words`() throws {
        func old(_ words: String) -> String { #"{"message":"\#(words)","type":"service.not_authorized"}"# }
        func new(_ words: String) -> String {
            #"{"errors":[{"category":"AUTHENTICATION_ERROR","code":"UNAUTHORIZED","detail":"\#(words)"}]}"#
        }
        #expect(try square.meaning(401, old("Not Authorized")) == .fix)
        #expect(try square.meaning(401, old("Invalid refresh token"), for: .refresh()) == .dead)
        #expect(try square.meaning(401, new("Authorization code not found for app sq0idp-…")) == .dead)
        #expect(try square.meaning(401, new("Other")) == .unknown)
        #expect(try square.meaning(503, old("Invalid refresh token")) == .later)
        #expect(square.rejects(401, new("This request could not be authorized.")) && !square.rejects(403))
    }

    @Test func `Square's dialect conforms`() async throws { try await square.conforms() }
}
