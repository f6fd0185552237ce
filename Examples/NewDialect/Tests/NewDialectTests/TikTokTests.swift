import Foundation
import NewDialect
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Sources: https://developers.tiktok.com/doc/client-access-token-management,
/// https://developers.tiktok.com/doc/oauth-user-access-token-management, https://developers.tiktok.com/doc/login-kit-web and
/// https://developers.tiktok.com/doc/oauth-error-handling.
struct TikTokTests {
    private static let client = ClientCredentials(id: "CLIENT_KEY", secret: "CLIENT_SECRET")

    private static func documented(_ grant: Grant, _ fields: String) -> DocumentedRequest {
        DocumentedRequest(
            grant,
            by: client,
            url: "https://open.tiktokapis.com/v2/oauth/token/",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: "client_key=CLIENT_KEY&client_secret=CLIENT_SECRET&" + fields
        )
    }

    @Test func `TikTok's dialect conforms`() async throws {
        let code = Grant.authorizationCode("CODE", redirectURI: "https://app.example/callback", codeVerifier: nil)
        let report = await conformance(
            of: TikTokDialect(),
            documented: [
                Self.documented(.clientCredentials(), "grant_type=client_credentials"),
                Self.documented(
                    code,
                    "code=CODE&grant_type=authorization_code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
                ),
                Self.documented(
                    .refreshToken(try RefreshToken("REFRESH_TOKEN")),
                    "grant_type=refresh_token&refresh_token=REFRESH_TOKEN"
                ),
            ]
        )
        #expect(report.passes, "\(report)")
    }

    @Test func `A refresh token's lifetime has a name of its own`() throws {
        let answer = #"""
            {"access_token":"act.example","expires_in":86400,"open_id":"afd97af1","refresh_expires_in":31536000,
            "refresh_token":"rft.example","scope":"user.info.basic,video.list","token_type":"Bearer"}
            """#
        let exchange = TokenExchange(grant: .clientCredentials(), credentials: Self.client, date: Date())
        let tokens = try TikTokDialect().tokens(in: WireResponse(status: 200, body: Data(answer.utf8)), for: exchange)
        #expect(tokens.refreshTokenLifetime == .seconds(31_536_000))
        #expect(tokens.scopes == ["user.info.basic", "video.list"])
    }

    @Test func `A browser is sent there with the client's key`() async throws {
        let session = TokenSession(
            dialect: TikTokDialect(),
            credentials: ClientCredentials(id: "CLIENT_KEY", secret: "secret"),
            identity: .user(try Account("creator"), scopes: ["user.info.basic", "video.list"])
        )
        let url = try await session.beginSignIn(redirectURI: "https://app.example/callback/").url
        let items = try #require(URLComponents(url: url, resolvingAgainstBaseURL: true)?.queryItems)
        let values = Dictionary(items.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(url.absoluteString.hasPrefix("https://www.tiktok.com/v2/auth/authorize/?"))
        #expect(values["client_key"] == "CLIENT_KEY" && values["client_id"] == nil)
        #expect(values["scope"] == "user.info.basic,video.list")
    }

    @Test func `The error of the documents says what to fix`() throws {
        let body =
            #"{"error":"invalid_request","error_description":"Client secret is missed in request.","log_id":"2022"}"#
        let refusal = try #require(TikTokDialect().refusal(in: WireResponse(status: 400, body: Data(body.utf8))))
        let exchange = TokenExchange(grant: .clientCredentials(), credentials: Self.client, date: Date())
        #expect(refusal.code == "invalid_request" && refusal.message == "Client secret is missed in request.")
        guard case .fixConfiguration = TikTokDialect().remedy(for: refusal, of: exchange) else {
            Issue.record("not a configuration to fix")
            return
        }
    }
}
