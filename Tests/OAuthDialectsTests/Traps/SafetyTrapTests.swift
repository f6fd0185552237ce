import Foundation
import OAuthDialects
import Testing

@Suite(.tags(.trap))
struct SafetyTrapTests {
    // Trap 34.
    @Test(arguments: NamedDialect.all)
    func `No printed request has a secret in it`(_ named: NamedDialect) throws {
        for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
            let request = try named.dialect.request(for: Sample.exchange(grant))
            let printed = Printed(request)
            printed.lacks([Sample.clientSecret, Sample.refreshToken, "code-canary"])
        }
    }

    // Trap 34.
    @Test(arguments: NamedDialect.all)
    func `No secret is in a token request's URL`(_ named: NamedDialect) throws {
        for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
            let url = try named.dialect.request(for: Sample.exchange(grant)).url
            #expect(url.query() == nil)
            #expect(!url.absoluteString.contains("canary"))
        }
    }

    // Trap 34.
    @Test(arguments: [301, 302, 303, 307, 308])
    func `A token endpoint's redirect is no answer`(_ status: Int) {
        let body = #"{"access_token":"t"}"#
        let answer = Sample.answer(body, status: status, headers: ["Location": "https://evil.example/"])
        for named in NamedDialect.all { #expect(named.dialect.refusal(in: answer)?.status == status) }
    }

    // Trap 34.
    @Test func `A secret goes over TLS, or to this machine`() throws {
        let plain = try Sample.url("http://oauth.example")
        let local = try Sample.url("http://127.0.0.1:8080")
        let dialects: [any ProviderDialect] = [
            .weTix(.custom(plain)), .revenueMonster(.custom(plain)), .tiki(.custom(plain)),
            .standard(name: "a", tokenEndpoint: plain, apiHosts: []),
        ]
        for dialect in dialects {
            for grant in [Grant.clientCredentials(), try Sample.refresh(), Sample.code] {
                let error = tokenError { try dialect.request(for: Sample.exchange(grant)) }
                #expect(error?.code == .insecureEndpoint)
                #expect(error?.message.contains("http://oauth.example") == true)
            }
        }
        #expect(try WeTixDialect(.custom(local)).request(for: Sample.exchange()).url.port == 8080)
    }

    // Trap 24, as far as a dialect goes.
    @Test func `Sandbox and production share no endpoint and no API origins`() {
        let pairs: [(any ProviderDialect, any ProviderDialect)] = [
            (.weTix(.production), .weTix(.sandbox)), (.revenueMonster(.production), .revenueMonster(.sandbox)),
        ]
        for (production, sandbox) in pairs {
            let grant = Grant.clientCredentials()
            #expect(production.tokenEndpoint(for: grant) != sandbox.tokenEndpoint(for: grant))
            #expect(production.apiOrigins.origins.isDisjoint(with: sandbox.apiOrigins.origins))
        }
    }
}
