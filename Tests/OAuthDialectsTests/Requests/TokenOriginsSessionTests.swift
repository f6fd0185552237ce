import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A session whose provider names the API's host in the answer.
@Suite(.timeLimit(.minutes(1)))
struct TokenOriginsSessionTests {
    private static let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)

    private static func url(_ host: String) -> URL { URL(string: "https://\(host)/orders")! }

    /// A provider whose token answers say this, and whose API accepts every token.
    private static func provider(_ host: @escaping @Sendable (Int) -> String?) -> StubProvider {
        StubProvider { call in
            guard call.grantType != nil else { return WireResponse(status: 200) }
            let extras = host(call.number).map { ["instance_url": "https://\($0)"] } ?? [:]
            return .tokens("access-\(call.number)", refresh: "refresh-\(call.number)", saying: extras)
        }
    }

    private static func rig(_ host: @escaping @Sendable (Int) -> String?) -> Rig {
        Rig(dialect: InstanceDialect(), provider: provider(host))
    }

    @Test func `The first request goes to the host that its own token names`() async throws {
        let rig = Self.rig { _ in "my.acme.com" }
        #expect(try await rig.session.send(WireRequest("GET", Self.url("my.acme.com"))).status == 200)
        #expect(try await rig.session.data(for: URLRequest(url: Self.url("login.acme.com"))).1.statusCode == 200)
        #expect(rig.session.extras["instance_url"]?.revealed == "https://my.acme.com")
    }

    @Test func `A token goes to no other host under the domain`() async throws {
        let rig = Self.rig { _ in "my.acme.com" }
        for host in ["other.acme.com", "acme.com", "evil.example"] {
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.send(WireRequest("GET", Self.url(host)))
            }
            #expect(error?.code == .untrustedHost)
            #expect(error?.delivery == .notSent)
        }
        #expect(rig.provider.calls.allSatisfy { $0.grantType != nil })
    }

    @Test func `It holds after a restart, without another token request`() async throws {
        let first = Self.rig { _ in "my.acme.com" }
        _ = try await first.token
        let second = Rig(dialect: InstanceDialect(), clock: first.clock, provider: first.provider, store: first.store)
        #expect(try await second.session.send(WireRequest("GET", Self.url("my.acme.com"))).status == 200)
        #expect(first.provider.grantTypes.count == 1)
    }

    @Test func `A refresh that names another host moves the token there, and one that names none leaves it`()
        async throws
    {
        let rig = Self.rig { [1: "one.acme.com", 3: "two.force.com"][$0] }
        try await rig.session.signIn(with: Self.code)
        #expect(try await rig.session.send(WireRequest("GET", Self.url("one.acme.com"))).status == 200)
        _ = try await rig.session.renew()
        #expect(try await rig.session.send(WireRequest("GET", Self.url("two.force.com"))).status == 200)
        let error = await #expect(throws: TokenError.self) {
            try await rig.session.send(WireRequest("GET", Self.url("one.acme.com")))
        }
        #expect(error?.code == .untrustedHost)
        _ = try await rig.session.renew()
        #expect(try await rig.session.send(WireRequest("GET", Self.url("two.force.com"))).status == 200)
        #expect(rig.provider.grantTypes == ["authorization_code", "refresh_token", "refresh_token"])
    }

    @Test(arguments: ["https://canary.example", "http://my.acme.com", "https://my.acme.com:8443"])
    func `Tokens whose answer names another host are not taken`(_ value: String) async throws {
        let provider = StubProvider { call in .tokens("access-\(call.number)", saying: ["instance_url": value]) }
        let rig = Rig(dialect: InstanceDialect(), provider: provider)
        let error = try #require(await rig.failure())
        #expect(error.code == .untrustedHost)
        #expect(error.message.contains("instance_url"))
        #expect(rig.session.currentAccessToken == nil)
        #expect(await rig.record() == nil)
        Printed(error).lacks(["canary", "8443"])
        Printed(rig.log.events).lacks(["canary", "8443"])
    }

    @Test func `A token from the store goes nowhere if its record names a host outside the domains`() async throws {
        let rig = Self.rig { _ in "my.acme.com" }
        try await rig.store.update(rig.key) { update in
            let record = TokenRecord(
                generation: 1,
                id: "1",
                accessToken: "stored",
                requestedAt: Date(timeIntervalSince1970: 4_000_000_000),
                extras: ["instance_url": "https://canary.example"]
            )
            try await update.save(record)
        }
        for host in ["canary.example", "my.acme.com", "login.acme.com"] {
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.send(WireRequest("GET", Self.url(host)))
            }
            #expect(error?.code == .untrustedHost)
            #expect(error?.message.contains("instance_url") == true)
            Printed(try #require(error)).lacks(["canary"])
        }
        #expect(rig.provider.calls.isEmpty)
        _ = try await rig.session.renew()
        #expect(try await rig.session.send(WireRequest("GET", Self.url("my.acme.com"))).status == 200)
    }

    @Test func `Plain http asks for no token`() async throws {
        let rig = Self.rig { _ in "my.acme.com" }
        let url = try Sample.url("http://my.acme.com/orders")
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", url)) }
        #expect(error?.code == .insecureEndpoint)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `An error of the dialect is a typed one, without the answer's words`() async throws {
        struct Failure: Error {}
        let dialect = InstanceDialect().overriding { $0.tokenOrigins = { _, _ in throw Failure() } }
        let rig = Rig(dialect: dialect, provider: Self.provider { _ in "canary.acme.com" })
        let error = try #require(await rig.failure())
        #expect(error.code == .untrustedHost)
        #expect(error.underlying?.message == "Failure")
        Printed(error).lacks(["canary"])
    }
}
