import Foundation
import OAuthDialects
import Providers
import Testing

struct PretixTests {
    private let pretix = Example(
        PretixDialect(),
        (
            .code("eYBBf8gmeD4E01HLoj0XflqO4Lg3Cw", redirectURI: "https://pretalx.com"),
            Self.request(
                "grant_type=authorization_code&code=eYBBf8gmeD4E01HLoj0XflqO4Lg3Cw&redirect_uri=https://pretalx.com"
            )
        ),
        (
            .refresh("XBK0r8z4A4TTeR9LyMUyU2AM5rqpXp"),
            Self.request("grant_type=refresh_token&refresh_token=XBK0r8z4A4TTeR9LyMUyU2AM5rqpXp")
        )
    )

    private static func request(_ fields: String) -> String {
        """
        POST https://pretix.eu/api/v1/oauth/token
        \(basic())
        \(form)

        \(fields)
        """
    }

    @Test func `pretix's requests`() async throws {
        try pretix.sendsWhatIsDocumented()
        #expect(try pretix.sendsRawBasic())
        let signIn = try await pretix.signIn("read", "write")
        #expect(signIn.address == "https://pretix.eu/api/v1/oauth/authorize" && signIn.fields["scope"] == "read write")
        #expect(signIn.fields["code_challenge"] == nil)
        let revocation = try pretix.revocation()
        #expect(revocation.line == "POST https://pretix.eu/api/v1/oauth/revoke_token")
        #expect(revocation.fields.contains("token=REFRESH") && revocation.headers["authorization"] != nil)
        let own = Example(PretixDialect(host: "tickets.example"), (.code(), ""))
        #expect(
            try own.dialect.request(for: own.exchange()).url.absoluteString
                == "https://tickets.example/api/v1/oauth/token"
        )
        #expect(throws: Never.self) { try own.authorized("https://tickets.example/api/v1/organizers/") }
    }

    @Test func `pretix's answer`() throws {
        let tokens = try pretix.tokens(
            #"""
            {"access_token":"i3ytqTSRWsKp16fqjekHXa4tdM4qNC","expires_in":86400,"token_type":"Bearer","scope":"read write",
            "refresh_token":"XBK0r8z4A4TTeR9LyMUyU2AM5rqpXp"}
            """#
        )
        #expect(tokens.lifetime == .seconds(86400) && tokens.scopes == ["read", "write"])
        #expect(tokens.refreshToken?.value == "XBK0r8z4A4TTeR9LyMUyU2AM5rqpXp")
    }

    @Test func `pretix's refusals`() throws {
        #expect(try pretix.meaning(401, #"{"error":"invalid_client"}"#) == .fix)
        #expect(try pretix.meaning(400, #"{"error":"invalid_grant"}"#) == .dead)
        #expect(pretix.rejects(401) && !pretix.rejects(405, #"{"detail": "Method 'DELETE' not allowed."}"#))
        #expect(pretix.dialect.conventions.refreshTokenRotation == .reusable)
    }

    @Test func `pretix's dialect conforms`() async throws { try await pretix.conforms() }
}
