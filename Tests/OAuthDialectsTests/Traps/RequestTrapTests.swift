import Foundation
import OAuthDialects
import Testing

@Suite(.tags(.trap))
struct RequestTrapTests {
    // Trap 1.
    @Test func `Each provider has its own encoding and casing`() throws {
        let refresh = Sample.exchange(try Sample.refresh())
        let names = try NamedDialect.providers.map {
            try $0.dialect.request(for: refresh).decodedFields().keys.sorted()
        }
        #expect(
            names == [
                ["grant_type", "refresh_token"],
                ["grantType", "refreshToken"],
                ["client_id", "grant_type", "refresh_token"],
                ["client_id", "client_secret", "grant_type", "refresh_token"],
            ]
        )
        let types = try NamedDialect.providers.map { try $0.dialect.request(for: refresh).headers["Content-Type"] }
        let (json, form) = ("application/json", "application/x-www-form-urlencoded")
        #expect(types == [json, json, form, form])
    }

    // Trap 1.
    @Test func `The authorize URL's fields have the provider's casing too`() {
        #expect(RevenueMonsterDialect(.production).conventions.name("client_id") == "clientId")
        #expect(RevenueMonsterDialect(.production).conventions.name("redirect_uri") == "redirectUri")
        #expect(TikiDialect(.production).conventions.name("client_id") == "client_id")
    }

    // Trap 2.
    @Test func `WeTix refreshes at an endpoint of its own, on the host that is current`() throws {
        let request = try WeTixDialect(.production).request(for: Sample.exchange(Sample.refresh()))
        #expect(request.url.absoluteString == "https://oauth.wetix.my/auth/refresh")
    }

    // Trap 2.
    @Test func `Revenue Monster's production never signs in at the sandbox`() {
        let production = RevenueMonsterDialect(.production)
        let sandbox = RevenueMonsterDialect(.sandbox)
        #expect(production.authorizationEndpoint?.absoluteString == "https://oauth.revenuemonster.my/authorize")
        #expect(sandbox.authorizationEndpoint?.absoluteString == "https://sb-oauth.revenuemonster.my/authorize")
    }

    // Trap 3.
    @Test func `Scopes are joined as each provider wants them`() throws {
        let grant = Grant.clientCredentials(scopes: ["order", "product", "offline"])
        let joined = try NamedDialect.providers.map {
            try $0.dialect.request(for: Sample.exchange(grant)).decodedFields()["scope"]
        }
        let (spaces, commas) = ("order product offline", "order,product,offline")
        #expect(joined == [spaces, commas, spaces, spaces])
    }

    // Trap 3.
    @Test func `Tiki's scope is compared as a set`() throws {
        let asked = Grant.clientCredentials(scopes: ["offline", "order", "product"])
        let answer = Sample.answer(#"{"access_token":"X.Y","scope":"product offline order"}"#)
        let granted = try TikiDialect(.production).tokens(in: answer, for: Sample.exchange(asked)).scopes
        #expect(granted == ["product", "offline", "order"])
        #expect(Set(granted ?? []) == Set(asked.scopes))
    }

    // Trap 4.
    @Test(arguments: NamedDialect.all)
    func `The secret is in the header or in the body, never in both`(_ named: NamedDialect) throws {
        for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
            let request = try named.dialect.request(for: Sample.exchange(grant))
            let inHeader = request.headers["Authorization"] != nil
            let inBody = try request.decodedFields().contains { $0.value == Sample.clientSecret }
            #expect(inHeader != inBody)
        }
    }

    // Trap 5.
    @Test func `Basic is raw at WeTix and Revenue Monster, form-encoded at Tiki`() throws {
        let exchange = Sample.exchange(id: "an id", secret: "a+b%c/d:e é")
        let pairs = try [NamedDialect.weTix, .revenueMonster, .tiki].map {
            try $0.dialect.request(for: exchange).decodedBasic()
        }
        let encoded = "an+id:a%2Bb%25c%2Fd%3Ae+%C3%A9"
        #expect(pairs == ["an id:a+b%c/d:e é", "an id:a+b%c/d:e é", encoded])
    }

    // Trap 5.
    @Test func `A plus in a form stays a plus`() throws {
        let dialect = TikiDialect(.production, authentication: .body)
        let request = try dialect.request(for: Sample.exchange(secret: "a+b c%d&e=f"))
        #expect(try request.decodedFields()["client_secret"] == "a+b c%d&e=f")
        let body = try #require(request.body?.data)
        #expect(String(decoding: body, as: UTF8.self).contains("client_secret=a%2Bb+c%25d%26e%3Df"))
    }

    // Trap 7.
    @Test(arguments: NamedDialect.all)
    func `A code's grant type is authorization_code, whatever a heading says`(_ named: NamedDialect) throws {
        let fields = try named.dialect.request(for: Sample.exchange(Sample.code)).decodedFields()
        #expect((fields["grant_type"] ?? fields["grantType"]) == "authorization_code")
    }

    // Trap 8.
    @Test func `Without offline there is no refresh token, and that is no error`() throws {
        let answer = Sample.answer(#"{"access_token":"X.Y","expires_in":3599,"scope":"order","token_type":"bearer"}"#)
        let tokens = try TikiDialect(.production).tokens(in: answer, for: Sample.exchange(Sample.code))
        #expect(tokens.refreshToken == nil)
        #expect(tokens.scopes == ["order"])
    }

    // Trap 9.
    @Test func `A code that was refused is dead, and never asked for again`() {
        let exchange = Sample.exchange(Sample.code)
        let revenueMonster = RevenueMonsterDialect(.production)
        for code in ["InvalidCode", "INVALID_CODE", "INVALID_GRANT"] {
            #expect(revenueMonster.remedy(for: Refusal(status: 400, code: code), of: exchange) == .discardGrant)
        }
        let refusal = Refusal(status: 400, code: "invalid_grant")
        #expect(TikiDialect(.production).remedy(for: refusal, of: exchange) == .discardGrant)
    }

    // Trap 35.
    @Test func `WeTix's old login and Tiki's Tini App stay other products`() throws {
        let weTix = try WeTixDialect(.sandbox).request(for: Sample.exchange())
        #expect(weTix.url.path() == "/auth/token")
        #expect(try weTix.decodedJSON() == ["grant_type": "client_credentials"])
        let tiki = try TikiDialect(.production).request(for: Sample.exchange())
        #expect(tiki.url.path() == "/sc/oauth2/token")
        #expect(!tiki.headers.fields.contains { $0.name.hasPrefix("X-") })
    }
}
