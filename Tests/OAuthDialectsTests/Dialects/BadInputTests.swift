import Foundation
import OAuthDialects
import Testing

/// What can't be sent is refused by name before it is sent.
struct BadInputTests {
    private func error(_ dialect: any ProviderDialect, _ exchange: TokenExchange = Sample.exchange()) throws
        -> TokenError
    {
        try #require(tokenError { try dialect.request(for: exchange) })
    }

    @Test(arguments: [
        "http://oauth.example/", "http://127.0.0.1.evil.com/", "http://localhost.evil.com/", "http://127%2e0%2e0%2e1/",
        "http://127.1/",
        "http://10.0.0.1/", "http://[::2]/", "http://0.0.0.0/", "ftp://oauth.example/", "https:///token", "https:token",
        "/token",
        "https://user:canary@oauth.example/", "https://oauth.example./", "file:///token",
        "https://oauth.example:99999/",
    ])
    func `An endpoint that is not https, not loopback or has no host is refused`(_ text: String) throws {
        let url = try Sample.url(text)
        let dialects: [any ProviderDialect] = [
            .standard(name: "acme", tokenEndpoint: url, apiHosts: []), .weTix(.custom(url)), .tiki(.custom(url)),
            .revenueMonster(.custom(url)),
        ]
        for dialect in dialects {
            for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
                let error = try error(dialect, Sample.exchange(grant))
                #expect(error.code == .insecureEndpoint)
                #expect(!error.isTransient)
                Printed(error).lacks(["canary"])
            }
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:8080", "https://oauth.example:8443/base/",
    ])
    func `Loopback and https are accepted, and the paths are appended`(_ text: String) throws {
        let root = try Sample.url(text)
        let base = text.hasSuffix("/") ? String(text.dropLast()) : text
        #expect(
            try WeTixDialect(.custom(root)).request(for: Sample.exchange()).url.absoluteString == base + "/auth/token"
        )
        let refresh = Sample.exchange(try Sample.refresh())
        #expect(try WeTixDialect(.custom(root)).request(for: refresh).url.absoluteString == base + "/auth/refresh")
        #expect(try RevenueMonsterDialect(.custom(root)).request(for: refresh).url.absoluteString == base + "/v1/token")
        #expect(try TikiDialect(.custom(root)).request(for: refresh).url.absoluteString == base + "/sc/oauth2/token")
        #expect(RevenueMonsterDialect(.custom(root)).authorizationEndpoint?.absoluteString == base + "/authorize")
        #expect(TikiDialect(.custom(root)).authorizationEndpoint?.absoluteString == base + "/sc/oauth2/auth")
    }

    @Test(arguments: NamedDialect.all)
    func `A client without id or without secret is refused`(_ named: NamedDialect) throws {
        let noID = try error(named.dialect, Sample.exchange(id: ""))
        #expect(noID.code == .invalidCredentials)
        #expect(noID.message.contains("client id is empty"))
        let empty = try error(named.dialect, Sample.exchange(secret: ""))
        let exchange = TokenExchange(
            grant: .clientCredentials(),
            credentials: ClientCredentials(id: "a"),
            date: Sample.date
        )
        for error in [empty, try error(named.dialect, exchange)] {
            #expect(error.code == .invalidCredentials)
            #expect(error.message.contains("secret is missing"))
        }
    }

    @Test(arguments: ["a:b", ":", "a:", "a:\u{301}b", "a:\u{FE0F}"])
    func `A colon in the id ends a raw Basic id, so it is refused there alone`(_ id: String) throws {
        for named in [NamedDialect.weTix, .revenueMonster] {
            let error = try error(named.dialect, Sample.exchange(id: id))
            #expect(error.code == .invalidCredentials)
            #expect(error.message.contains("':'"))
        }
        let basic = try TikiDialect(.production).request(for: Sample.exchange(id: id)).decodedBasic()
        #expect(basic.count { $0 == ":" } == 1)
        _ = try TikiDialect(.production, authentication: .body).request(for: Sample.exchange(id: id))
    }

    @Test(arguments: ["a\nb", "a\r", "\0", "\u{7F}", "secret\n"])
    func `A control character in raw Basic is refused without being shown`(_ text: String) throws {
        for exchange in [Sample.exchange(secret: "canary" + text), Sample.exchange(id: "id" + text, secret: "canary")] {
            let error = try error(WeTixDialect(.production), exchange)
            #expect(error.code == .invalidCredentials)
            #expect(error.message.contains("control character"))
            Printed(error).lacks(["canary"])
            try TikiDialect(.production).request(for: exchange).headers.check()
        }
    }

    @Test func `A public client sends its id and no secret`() throws {
        let conventions = WireConventions {
            $0.request.clientAuthentication = .publicClient
        }
        let request = try conventions.request(for: Sample.exchange(Sample.code), to: Sample.url("https://a.example/"))
        #expect(request.headers["Authorization"] == nil)
        #expect(try request.decodedFields()["client_id"] == "client")
        let body = try #require(request.body?.data)
        #expect(body.firstRange(of: Data(Sample.clientSecret.utf8)) == nil)
    }

    @Test(arguments: NamedDialect.providers)
    func `A grant that a provider does not have is refused by name`(_ named: NamedDialect) throws {
        let type = "urn:ietf:params:oauth:grant-type:jwt-bearer"
        let grant = Grant.other(type: type, fields: [("assertion", "canary")])
        #expect(named.dialect.tokenEndpoint(for: grant) == nil)
        let error = try error(named.dialect, Sample.exchange(grant))
        #expect(error.code == .unsupportedGrant)
        #expect(error.message.contains(type) && error.message.contains(named.dialect.name))
        Printed(error).lacks(["canary"])
    }

    @Test(arguments: ["", " ", "a b", "a\nb", "a\u{0}", "a\u{7F}", "é", "a\u{301}", "\u{202E}"])
    func `A token that no header can carry is refused without being shown`(_ text: String) throws {
        let secret = Secret(text.isEmpty ? "" : "canary" + text)
        let errors = [
            tokenError { try AccessToken(secret) }, tokenError { try RefreshToken(secret) },
            tokenError { try TokenSet(accessToken: secret) },
        ]
        for (error, name) in zip(errors, ["access token", "refresh token", "access token"]) {
            #expect(error?.code == .unreadableAnswer)
            #expect(error?.message.contains(name) == true)
            #expect(error?.description.contains("canary") == false)
        }
    }

    @Test(arguments: ["mac", "DPoP", "N_A", "bearer2", "Bearer,mac"])
    func `A token type that is not Bearer is refused by name`(_ type: String) {
        let error = tokenError { try Sample.tokens(#"{"access_token":"canary","token_type":"\#(type)"}"#) }
        #expect(error?.code == .unreadableAnswer)
        #expect(error?.message.contains(type) == true)
        #expect(error?.description.contains("canary") == false)
    }

    @Test func `A token where its type belongs is not shown`() {
        let error = tokenError { try Sample.tokens(#"{"access_token":"bearer","token_type":"canary-0123456789"}"#) }
        #expect(error?.code == .unreadableAnswer)
        #expect(error?.description.contains("canary") == false)
    }
}
