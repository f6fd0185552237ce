import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

struct AuthorizationRequestTests {
    @Test func `Revenue Monster's URL is in camelCase, with scopes joined by commas and without PKCE`() throws {
        let attempt = try SignInSample.attempt(
            .revenueMonster(.production),
            scopes: ["manage_payment", "manage_store"]
        )
        let url = attempt.url
        #expect(url.absoluteString.hasPrefix("https://oauth.revenuemonster.my/authorize?"))
        #expect(
            url.parameters == [
                "responseType": "code", "clientId": "client id+1", "redirectUri": SignInSample.back,
                "scope": "manage_payment,manage_store", "state": attempt.state.revealed,
            ]
        )
        #expect(attempt.codeVerifier == nil)
        #expect(!url.absoluteString.contains("+"), "a plus is a space to some")
        #expect(try SignInSample.attempt(.revenueMonster(.sandbox)).url.host() == "sb-oauth.revenuemonster.my")
        #expect(tokenError { try SignInSample.attempt(.revenueMonster(.sandbox), scopes: []) }?.code == .invalidRequest)
    }

    @Test func `Tiki's URL has spaces, offline, a long state and PKCE`() throws {
        let attempt = try SignInSample.attempt()
        let parameters = attempt.url.parameters
        #expect(attempt.url.absoluteString.hasPrefix("https://api.tiki.vn/sc/oauth2/auth?"))
        #expect(parameters["scope"] == "order product offline")
        #expect(parameters["state"]?.count == 43)
        #expect(parameters["code_challenge_method"] == "S256")
        let verifier = try #require(attempt.codeVerifier).revealed
        #expect(verifier.count == 43)
        #expect(parameters["code_challenge"] == Base64URL.encode(SHA256Digest.of(verifier.utf8)))
        #expect(attempt.scopes == ["order", "product", "offline"])
        #expect(try SignInSample.attempt(scopes: ["offline"]).url.parameters["scope"] == "offline")
    }

    @Test func `Nothing is asked for that the app does not want`() throws {
        let attempt = try TikiDialect(.production).authorizationRequest(
            for: SignInSample.account(),
            by: SignInSample.client,
            redirectURI: SignInSample.back,
            scopes: ["order"],
            staysSignedIn: false,
            pkce: WireConventions.PKCE.unsupported,
            parameters: [WireField("prompt", "login")]
        )
        #expect(attempt.url.parameters["scope"] == "order")
        #expect(attempt.url.parameters["code_challenge"] == nil)
        #expect(attempt.url.parameters["prompt"] == "login")
        #expect(attempt.codeVerifier == nil)
    }

    @Test func `PKCE can be switched on where it is off`() throws {
        let attempt = try RevenueMonsterDialect(.production).authorizationRequest(
            for: SignInSample.account(),
            by: SignInSample.client,
            redirectURI: SignInSample.back,
            scopes: ["manage_payment"],
            pkce: .s256
        )
        #expect(attempt.url.parameters["codeChallengeMethod"] == "S256")
        #expect(attempt.codeVerifier != nil)
    }

    @Test func `WeTix signs people in only where the app says where`() throws {
        #expect(tokenError { try SignInSample.attempt(.weTix(.production)) }?.code == .unsupportedGrant)
        let endpoint = try Sample.url("https://oauth.wetix.my/authorize?tenant=1")
        let url = try SignInSample.attempt(.weTix(.production, authorizationEndpoint: endpoint)).url
        #expect(url.absoluteString.hasPrefix("https://oauth.wetix.my/authorize?tenant=1&response_type=code&"))
    }

    @Test func `No two attempts have anything secret in common`() throws {
        let attempts = try (0..<100).map { _ in try SignInSample.attempt() }
        #expect(Set(attempts.map(\.state.revealed) + attempts.compactMap(\.codeVerifier?.revealed)).count == 200)
    }

    @Test func `A public client has PKCE whatever is wished, and the three providers know none`() throws {
        let dialect = StandardDialect(
            name: "acme",
            tokenEndpoint: try Sample.url("https://login.acme.example/token"),
            apiHosts: [],
            authorizationEndpoint: try Sample.url("https://login.acme.example/authorize"),
            conventions: WireConventions {
                $0.request.clientAuthentication = .publicClient
                $0.pkce = .unsupported
            }
        )
        let client = ClientCredentials(id: "app")
        func attempt(_ dialect: any ProviderDialect, _ proof: WireConventions.PKCE?) throws -> SignInAttempt {
            try dialect.authorizationRequest(
                for: SignInSample.account(),
                by: client,
                redirectURI: "com.example.app:/callback",
                scopes: ["a"],
                pkce: proof
            )
        }
        #expect(try attempt(dialect, nil).codeVerifier != nil)
        #expect(tokenError { try attempt(dialect, WireConventions.PKCE.unsupported) }?.code == .invalidRequest)
        for provider in NamedDialect.providers {
            let error = tokenError { try attempt(provider.dialect, nil) }
            #expect(error?.code == .invalidCredentials)
            #expect(error?.message.contains("confidential clients only") == true)
        }
    }

    @Test(arguments: [
        "", "app.example/callback", "/callback", "http://app.example/callback", "https://app.example/callback#",
        "https://app.example/callback#x", "https://user@app.example/", "https://app.example/a b",
        "https://app.example/\r\nX: y",
        "https://app.example\\@evil.example/", "https://app.example/?code=1", "https://app.example/?state=1",
        "https://app.example/?a=1&a=2", "https://app.example/?a=%zz", "javascript:alert(1)", "data:text/html,x",
        "file:///callback", "myapp://callback", "https://app.example./", "https://app.exämple/", "1.a:/x",
        "http://127%2e0%2e0%2e1/", "https://app.example:99999/",
    ])
    func `A redirect URI that can't be one is refused`(_ uri: String) {
        #expect(tokenError { try SignInSample.attempt(redirectURI: uri) }?.code == .invalidRequest)
    }

    @Test(arguments: [
        "https://app.example", "https://app.example/callback?tenant=1", "http://127.0.0.1:49152/callback",
        "http://[::1]:49152/", "http://localhost/", "com.example.app:/callback", "com.example.app://callback/x",
    ])
    func `A redirect URI goes over the wire exactly as it is registered`(_ uri: String) throws {
        let attempt = try SignInSample.attempt(redirectURI: uri)
        #expect(attempt.url.parameters["redirect_uri"] == uri)
        guard
            case .authorizationCode(_, let sent, _) = try attempt.grant(
                in: SignInSample.callback(attempt),
                at: Sample.date
            )
        else { return }
        #expect(sent == uri)
    }

    @Test(arguments: ["", "a b", "a\"b", "a\\b", "a\r\nb", "ä", "a\u{0}"])
    func `A scope that can't be one is refused`(_ scope: String) {
        #expect(tokenError { try SignInSample.attempt(scopes: [scope]) }?.code == .invalidRequest)
        #expect(tokenError { try SignInSample.attempt(.revenueMonster(.sandbox), scopes: ["a,b"]) } != nil)
    }

    @Test func `A client id can't break out of the URL`() throws {
        let client = ClientCredentials(id: "a&state=evil#\r\n", secret: "s")
        let attempt = try TikiDialect(.production).authorizationRequest(
            for: SignInSample.account(),
            by: client,
            redirectURI: SignInSample.back,
            scopes: []
        )
        #expect(attempt.url.parameters["client_id"] == client.id)
        #expect(attempt.url.parameters["state"] == attempt.state.revealed)
    }

    @Test func `An override reaches the URL`() throws {
        let moved = TikiDialect(.production).overriding {
            $0.authorizationEndpoint = URL(string: "https://id.tiki.example/auth")!
        }
        #expect(try SignInSample.attempt(moved).url.host() == "id.tiki.example")
        let plain = TikiDialect(.production).overriding { $0.conventions.pkce = .unsupported }
        #expect(try SignInSample.attempt(plain).codeVerifier == nil)
        var renaming = TikiDialect(.production).conventions
        renaming.request.names = [.clientID: "client_key"]
        let renamed = TikiDialect(.production).overriding { $0.conventions = renaming }
        #expect(try SignInSample.attempt(renamed).url.parameters["client_key"] == SignInSample.client.id)
        #expect(try SignInSample.attempt(renamed).url.parameters["client_id"] == nil)
    }

    @Test func `An attempt prints without what it keeps, and becomes bytes by one way`() throws {
        let attempt = try SignInSample.attempt(redirectURI: "https://app.example/cb?tenant=1")
        Printed(attempt).lacks([attempt.state.revealed, try #require(attempt.codeVerifier).revealed])
        #expect(try SignInAttempt(bytes: attempt.bytes) == attempt)
        #expect((attempt as Any) is any Encodable == false)
        for bytes in [Data(), Data("{}".utf8), Data("garbage".utf8), try attempt.bytes.dropLast()] {
            #expect(tokenError { try SignInAttempt(bytes: bytes) }?.code == .signInExpired)
        }
    }
}
