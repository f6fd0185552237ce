import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Signers that sign token requests too.
@Suite(.timeLimit(.minutes(1)))
struct TokenRequestSigningTests {
    /// Signs every request over its sorted fields, as Lazada wants it.
    private struct FieldSigner: RequestSigner {
        func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
            let (kind, nonce, date) =
                switch purpose {
                case .token(let exchange): (exchange.grant.type, exchange.nonce, exchange.date)
                case .resource(let access): ("resource", access.nonce, access.date)
                }
            var request = request
            try request.add([WireField("kind", kind), WireField("nonce", nonce), WireField("at", "\(date)")])
            try request.add([WireField("sign", Self.signature(of: WireField.all(in: request)))])
            return request
        }

        static func signature(of fields: [WireField]) -> String {
            let sorted = fields.filter { $0.name != "sign" }.sorted { $0.name < $1.name }
            return sorted.map { $0.name + $0.value.revealed }.joined()
        }
    }

    private struct Failure: Error {}

    /// A signer of one closure.
    private struct TokenSigner: RequestSigner {
        let sign: @Sendable (WireRequest) async throws -> WireRequest

        func signed(_ request: WireRequest, for purpose: SigningPurpose) async throws -> WireRequest {
            if case .resource = purpose { request } else { try await sign(request) }
        }
    }

    private static let dialect = Sample.standard(WireConventions { $0.request.clientAuthentication = .none })
        .overriding { $0.revocationEndpoint = URL(string: "https://login.acme.example/revoke") }

    private static func rig(_ signer: any RequestSigner, _ dialect: any ProviderDialect = dialect) throws -> Rig {
        Rig(dialect: dialect, identity: .user(try Account("ann")), signer: signer)
    }

    private static func fields(_ request: WireRequest) throws -> [String: String] {
        Dictionary(try WireField.all(in: request).map { ($0.name, $0.value.revealed) }) { $0 + $1 }
    }

    @Test func `A signature covers the fields of each token and API request`() async throws {
        let rig = try Self.rig(FieldSigner())
        try await rig.session.signIn(with: Sample.code)
        _ = try await rig.session.renew()
        _ = try await rig.session.send(WireRequest("GET", Sample.url("https://api.acme.example/orders?a=1&b=2")))
        let sent = rig.provider.calls.map(\.request)
        #expect(
            try sent.map { try Self.fields($0)["kind"] } == ["authorization_code", "refresh_token", "resource"]
        )
        for request in sent {
            let fields = try WireField.all(in: request)
            #expect(try Self.fields(request)["sign"] == FieldSigner.signature(of: fields))
            #expect(try Self.fields(request)["at"] == "\(rig.clock.date)")
        }
        #expect(Set(try sent.compactMap { try Self.fields($0)["nonce"] }).count == 3)
        #expect(try sent.allSatisfy { try Self.fields($0)["nonce"]?.count == 32 })
        #expect(sent[0].url.query() == nil)
        #expect(sent[2].url.query()?.hasPrefix("a=1&b=2&kind=resource&nonce=") == true)
        #expect(sent[2].body == nil)
    }

    @Test func `A token request that can't be signed is not sent, and says so without a secret`() async throws {
        let signer = TokenSigner { request in
            throw TokenError(
                .invalidRequest,
                "No key for \(request.body.map { String(decoding: $0.data, as: UTF8.self) } ?? "")"
            )
        }
        for signer in [signer, TokenSigner { _ in throw Failure() }] {
            let rig = try Self.rig(signer)
            let error = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: Sample.code) }
            #expect(error?.code == .invalidRequest)
            #expect(rig.provider.calls.isEmpty)
            Printed(try #require(error)).lacks(["code-canary"])
            Printed(rig.log.events).lacks(["code-canary"])
        }
    }

    @Test func `A refresh that can't be signed uses up nothing`() async throws {
        let isFailing = Locked(false)
        let rig = try Self.rig(TokenSigner { if isFailing.withLock({ $0 }) { throw Failure() } else { $0 } })
        try await rig.session.signIn(with: Sample.code)
        isFailing.withLock { $0 = true }
        rig.clock.advance(by: .hours(2))
        let error = try #require(await rig.failure())
        #expect(error.code == .invalidRequest)
        #expect(await rig.record()?.refreshStanding == .ready)
        #expect(!rig.session.status.needsSignIn)
        isFailing.withLock { $0 = false }
        rig.clock.advance(by: .seconds(600))
        #expect(try await rig.token == "access-2")
        #expect(rig.provider.calls.map(\.refreshToken) == [nil, "refresh-1"])
    }

    @Test func `A signer can't change where a token request goes`() async throws {
        for text in [
            "https://evil.example/token", "https://login.acme.example:8443/token", "http://login.acme.example/token",
        ] {
            let url = try Sample.url(text)
            let rig = try Self.rig(TokenSigner { WireRequest("POST", url, headers: $0.headers, body: $0.body) })
            let error = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: Sample.code) }
            #expect(error?.code == .untrustedHost)
            #expect(rig.provider.calls.isEmpty)
        }
    }

    @Test func `A header of a signer with a line break is not sent`() async throws {
        let rig = try Self.rig(
            TokenSigner { request in
                var request = request
                request.headers["X-Signature"] = "a\r\nX-Injected: 1"
                return request
            }
        )
        let error = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: Sample.code) }
        #expect(error?.code == .invalidRequest)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `A signer that hangs ends in time, and nothing was sent`() async throws {
        let isAsked = Counter()
        let rig = try Self.rig(
            TokenSigner { _ in
                isAsked.increment()
                try await hang()
            }
        )
        let caller = Task { try await rig.session.signIn(with: Sample.code) }
        await isAsked.reaches(1)
        // Past the timeout of a request, and not yet that of the whole step.
        rig.clock.advance(by: .milliseconds(10_500))
        let error = await #expect(throws: TokenError.self) { try await caller.value }
        #expect(error?.code == .invalidRequest)
        #expect(error?.isTransient == true)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `A signature is scrubbed from what the provider says`() async throws {
        let rig = try Self.rig(
            TokenSigner { request in
                var request = request
                request.headers["X-Signature"] = "canary-signature"
                return request
            }
        )
        rig.provider.answer { call in
            .json(400, #"{"error":"bad","error_description":"\#(call.request.headers["X-Signature"] ?? "")"}"#)
        }
        let error = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: Sample.code) }
        #expect(error?.code == .refused)
        Printed(try #require(error)).lacks(["canary-signature"])
        Printed(rig.log.events).lacks(["canary-signature"])
    }
}
