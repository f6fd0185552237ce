import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What an answer says beside the tokens: how long it is kept, and where it is not shown.
@Suite(.timeLimit(.minutes(1)))
struct ExtrasTests {
    private static let url = URL(string: "https://login.acme.com/orders")!
    private static let planted = "canary-shop-key"

    /// A user whose sign-in says all extras; every later answer is the test's.
    private static func rig(_ later: @escaping @Sendable (StubProvider.Call) -> WireResponse) async throws -> Rig {
        let provider = StubProvider { call in
            guard call.grantType == "authorization_code" else { return later(call) }
            let extras = ["instance_url": "https://my.acme.com", "shop_key": planted, "other": "not named"]
            return .tokens("access-\(call.number)", refresh: "refresh-\(call.number)", saying: extras)
        }
        let rig = Rig(dialect: InstanceDialect(), identity: .user(try Account("ann")), provider: provider)
        try await rig.session.signIn(with: Sample.code)
        return rig
    }

    private static func extras(_ rig: Rig) -> [String: String] { rig.session.extras.mapValues(\.revealed) }

    @Test func `Extras that a refresh does not repeat are kept, those that it says are new, and a sign-in starts anew`()
        async throws
    {
        let rig = try await Self.rig { call in
            .tokens("access-\(call.number)", saying: call.number == 2 ? [:] : ["shop_key": "new-\(call.number)"])
        }
        let first = ["instance_url": "https://my.acme.com", "shop_key": Self.planted]
        #expect(Self.extras(rig) == first)
        _ = try await rig.session.renew()
        #expect(Self.extras(rig) == first)
        _ = try await rig.session.renew()
        #expect(Self.extras(rig) == ["instance_url": "https://my.acme.com", "shop_key": "new-3"])
        #expect(await rig.record()?.extras.mapValues(\.revealed) == Self.extras(rig))
        try await rig.session.signIn(with: .other(type: "again", fields: []))
        #expect(Self.extras(rig) == ["shop_key": "new-4"])
        try await rig.session.signOut()
        #expect(rig.session.extras.isEmpty)
    }

    @Test(arguments: [
        #""instance_url":{"no":"text"}"#, #""instance_url":"https://elsewhere.example""#,
        #""expires_at":"no date""#, #""expires_at":1"#,
    ])
    func `A refresh keeps its new refresh token whatever stands beside it`(_ member: String) async throws {
        let rig = try await Self.rig { _ in
            .json(200, #"{"access_token":"access-2","token_type":"Bearer","refresh_token":"refresh-2",\#(member)}"#)
        }
        let extras = Self.extras(rig)
        #expect(try await rig.session.renew().value.revealed == "access-2")
        #expect(await rig.record()?.refreshToken?.value == "refresh-2")
        #expect(Self.extras(rig) == extras)
        let reports = rig.log.events.filter { $0.name == .answerDeviated }.map(\.message)
        #expect(reports.contains { $0.contains("instance_url") || $0.contains("expires_at") }, "\(reports)")
        let begun = TokenExchange(
            grant: .clientCredentials(),
            credentials: Sample.exchange().credentials,
            date: Sample.date
        )
        let dialect = InstanceDialect()
        #expect(
            tokenError {
                let tokens = try dialect.tokens(in: .json(200, #"{"access_token":"a",\#(member)}"#), for: begun)
                try dialect.apiOrigins(for: tokens.extras).checkEntries()
            } != nil
        )
    }

    @Test func `A record with extras has the second format, which an older program does not rewrite`() async throws {
        let rig = try await Self.rig { _ in WireResponse(status: 500) }
        var record = try #require(await rig.record())
        #expect(String(decoding: try record.bytes(for: rig.key), as: UTF8.self).contains(#""version":2"#))
        record.extras = [:]
        #expect(String(decoding: try record.bytes(for: rig.key), as: UTF8.self).contains(#""version":1"#))
    }

    @Test func `Extras come back from the store, and a record without them still opens`() async throws {
        let rig = try await Self.rig { _ in WireResponse(status: 500) }
        let record = try #require(await rig.record())
        let bytes = try record.bytes(for: rig.key)
        #expect(try TokenRecord(bytes: bytes, for: rig.key) == record)
        var old = record
        old.extras = [:]
        let text = String(decoding: try old.bytes(for: rig.key), as: UTF8.self)
        #expect(!text.contains("extras"))
        #expect(try TokenRecord(bytes: Data(text.utf8), for: rig.key) == old)
        let again = Rig(
            dialect: InstanceDialect(),
            identity: .user(try Account("ann")),
            clock: rig.clock,
            provider: rig.provider,
            store: rig.store
        )
        _ = try await again.token
        #expect(Self.extras(again) == Self.extras(rig))
    }

    @Test func `A dialect and a signer get the extras of the token that they authorize`() async throws {
        let rig = try await Self.rig { _ in WireResponse(status: 200) }
        let dialect = InstanceDialect().overriding {
            $0.authorize = { request, access, base in
                try base.authorize(&request, for: access)
                request.headers["X-Shop"] = access.extras["instance_url"]?.revealed
            }
        }
        let again = Rig(
            dialect: dialect,
            identity: .user(try Account("ann")),
            clock: rig.clock,
            provider: rig.provider,
            store: rig.store
        )
        _ = try await again.session.send(WireRequest("GET", Self.url))
        #expect(rig.provider.calls.last?.request.headers["X-Shop"] == "https://my.acme.com")
    }

    // MARK: Secrets

    @Test func `A secret extra is scrubbed from refusals of the provider and of the API`() async throws {
        let rig = try await Self.rig { call in
            if call.number == 2 { return WireResponse(status: 200) }
            return .json(
                call.grantType == nil ? 401 : 400,
                #"{"error":"invalid_grant","error_description":"no \#(Self.planted) at https://my.acme.com"}"#
            )
        }
        #expect(try await rig.session.send(WireRequest("GET", Self.url)).status == 200)
        let error = try #require(
            await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
        )
        #expect(error.code == .signInRequired)
        #expect(error.refusal?.message == "no <redacted> at https://my.acme.com", "what may be shown is")
        let renewal = try #require(await #expect(throws: TokenError.self) { try await rig.session.renew() })
        for error in [error, renewal] { Printed(error).lacks([Self.planted]) }
        Printed(rig.log.events).lacks([Self.planted])
        Printed(rig.session.status).lacks([Self.planted])
        Printed(rig.session.extras).lacks([Self.planted])
        Printed(try #require(await rig.record())).lacks([Self.planted])
    }

    @Test func `A secret extra is scrubbed from what a dialect and a signer say`() async throws {
        struct Quoting: RequestSigner {
            func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
                guard case .resource = purpose else { return request }
                throw TokenError(.invalidRequest, "No signature with \(ExtrasTests.planted).")
            }
        }
        let rig = try await Self.rig { _ in WireResponse(status: 200) }
        let quoting = InstanceDialect().overriding {
            $0.authorize = { _, access, _ in
                throw TokenError(.invalidRequest, "No \(access.extras["shop_key"]?.revealed ?? "").")
            }
        }
        for (dialect, signer) in [(quoting, nil), (InstanceDialect() as any ProviderDialect, Quoting())] {
            let other = Rig(
                dialect: dialect,
                identity: .user(try Account("ann")),
                signer: signer,
                clock: rig.clock,
                provider: rig.provider,
                store: rig.store
            )
            let error = await #expect(throws: TokenError.self) {
                try await other.session.send(WireRequest("GET", Self.url))
            }
            #expect(error?.code == .invalidRequest)
            #expect(error?.message.contains("<redacted>") == true)
            Printed(try #require(error)).lacks([Self.planted])
        }
    }

    @Test func `A secret extra of an answer that can't be read is scrubbed as well`() async throws {
        let rig = Rig(
            dialect: InstanceDialect().overriding {
                $0.tokens = { response, _, _ in
                    throw TokenError(.unreadableAnswer, "Odd: \(String(decoding: response.body, as: UTF8.self))")
                }
            },
            provider: StubProvider { _ in .tokens("canary-access", saying: ["shop_key": Self.planted]) }
        )
        let error = try #require(await rig.failure())
        #expect(error.message.contains("Odd"))
        Printed(error).lacks([Self.planted, "canary-access"])
        Printed(rig.log.events).lacks([Self.planted, "canary-access"])
    }

    @Test func `A scope that contains a secret extra is redacted`() async throws {
        let provider = StubProvider { _ in
            .tokens("access", saying: ["shop_key": Self.planted, "scope": "a \(Self.planted)"])
        }
        let rig = Rig(dialect: InstanceDialect(), provider: provider)
        #expect(try await rig.session.accessToken().scopes == ["a", "<redacted>"])
    }
}
