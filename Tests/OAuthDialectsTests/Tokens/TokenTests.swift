import Foundation
import OAuthDialects
import Testing

struct TokenTests {
    @Test func `An access token goes into the header as Bearer`() throws {
        let token = try AccessToken("abc.def-~+/=", expiresAt: Sample.date, scopes: ["order"])
        #expect(token.authorizationHeader.revealed == "Bearer abc.def-~+/=")
        #expect(token.value.revealed == "abc.def-~+/=")
        #expect(token.expiresAt == Sample.date)
        #expect(token.scopes == ["order"])
    }

    @Test func `Two access tokens are one if their texts are`() throws {
        #expect(try AccessToken("a", expiresAt: Sample.date) == AccessToken("a"))
        #expect(try AccessToken("a") != AccessToken("b"))
        #expect(try RefreshToken("a") != RefreshToken("b"))
    }

    @Test(arguments: NamedDialect.all)
    func `Authorising replaces whatever authorization was there`(_ named: NamedDialect) throws {
        var request = WireRequest(
            "GET",
            try Sample.url("https://a.example/"),
            headers: ["authorization": "old", "Accept": "x"]
        )
        let access = ResourceAccess(
            token: try AccessToken("new"),
            credentials: ClientCredentials(id: "client"),
            date: Sample.date,
            nonce: "n"
        )
        try named.dialect.authorize(&request, for: access)
        #expect(request.headers.fields.map { "\($0.name): \($0.value)" } == ["Accept: x", "Authorization: Bearer new"])
    }

    @Test func `A grant says its type and its scopes`() throws {
        let grants = [
            .clientCredentials(scopes: ["a"]), try Sample.refresh(scopes: ["b"]), Sample.code,
            .other(type: "urn:x", fields: []),
        ]
        #expect(grants.map(\.type) == ["client_credentials", "refresh_token", "authorization_code", "urn:x"])
        #expect(grants.map(\.scopes) == [["a"], ["b"], [], []])
    }
}
