import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// API keys and private tokens, which nothing is exchanged for.
@Suite(.timeLimit(.minutes(1)))
struct StaticTokenTests {
    private static let url = URL(string: "https://api.acme.example/orders")!
    private static let identity = Identity.staticToken(named: "shop-7")
    private static func client(_ token: String) -> ClientCredentials { ClientCredentials(id: "shop", secret: token) }

    /// A session before an API that takes these tokens.
    private static func rig(_ source: any CredentialsSource, takes tokens: Set<String> = ["key-1", "key-2"]) -> Rig {
        let provider = StubProvider { call in
            call.bearer.map(tokens.contains) == true
                ? WireResponse(status: 200)
                : .json(401, #"{"error":"bad_key","error_description":"\#(call.bearer ?? "")"}"#)
        }
        return Rig(dialect: Sample.standard(), credentials: source, identity: identity, provider: provider)
    }

    private static func send(_ rig: Rig) async throws -> Int {
        try await rig.session.send(WireRequest("GET", url)).status
    }

    @Test func `The secret of the credentials is the token, and nothing is exchanged or stored`() async throws {
        let rig = Self.rig(Self.client("key-1"))
        #expect(try await Self.send(rig) == 200)
        #expect(try await rig.token == "key-1")
        #expect(rig.session.currentAccessToken?.value.revealed == "key-1")
        #expect(rig.provider.calls.count == 1)
        #expect(rig.session.status.standing == .working)
        #expect(rig.session.status.expiresAt == nil)
        #expect(!rig.session.status.isUnsaved)
        let key = rig.session.key(for: Self.client("key-1"))
        #expect(await (try rig.store.record(for: key)) == nil)
        #expect(!key.identifier.contains("key-1"))
        #expect(key == rig.session.key(for: Self.client("key-2")))
        #expect(rig.log.count(of: .renewalSucceeded) == 1)
        Printed(rig.log.events).lacks(["key-1"])
        Printed(rig.session.status).lacks(["key-1"])
    }

    @Test func `A token that was replaced at its source is read after a rejection`() async throws {
        let vault = Vault(Self.client("key-0"))
        let rig = Self.rig(vault)
        _ = try await rig.token
        vault.put(Self.client("key-2"))
        #expect(try await Self.send(rig) == 200)
        #expect(rig.provider.calls.compactMap(\.bearer) == ["key-0", "key-2"])
        #expect(rig.log.count(of: .tokenRejected) == 1)
    }

    @Test func `A rejected token is refused, with what the API said and what to do`() async throws {
        let rig = Self.rig(Self.client("canary-key"))
        let error = try #require(await #expect(throws: TokenError.self) { try await Self.send(rig) })
        #expect(error.code == .refused)
        #expect(error.action == .fix)
        #expect(error.delivery == .rejected)
        #expect(error.refusal?.code == "bad_key")
        #expect(!error.isTransient)
        #expect(rig.provider.calls.count == 1)
        #expect(rig.session.currentAccessToken == nil)
        #expect(rig.session.status.lastFailure != nil)
        Printed(error).lacks(["canary-key"])
        Printed(rig.log.events).lacks(["canary-key"])
        let next = await #expect(throws: TokenError.self) { try await rig.token }
        #expect(next?.code == .refused)
        #expect(next?.action == .fix)
        #expect(rig.provider.calls.count == 1, "it is not tried again at once")
    }

    @Test func `A body stream, which is sent once, is refused as well`() async throws {
        let rig = Self.rig(Self.client("key-0"))
        var request = URLRequest(url: Self.url)
        request.httpMethod = "POST"
        request.httpBodyStream = InputStream(data: Data("once".utf8))
        let sent = request
        let error = await #expect(throws: TokenError.self) { try await rig.session.data(for: sent) }
        #expect(error?.code == .refused)
        #expect(error?.delivery == .rejected)
    }

    @Test func `A replacement that is rejected too is refused`() async throws {
        let vault = Vault(Self.client("bad-1"))
        let rig = Self.rig(vault)
        _ = try await rig.token
        vault.put(Self.client("bad-2"))
        let error = await #expect(throws: TokenError.self) { try await Self.send(rig) }
        #expect(error?.refusal?.code == "bad_key")
        let next = await #expect(throws: TokenError.self) { try await Self.send(rig) }
        for error in [error, next] {
            #expect(error?.code == .refused)
            #expect(error?.action == .fix)
        }
        #expect(rig.provider.calls.compactMap(\.bearer) == ["bad-1", "bad-2"])
    }

    @Test func `A refused token is tried again after a pause, as often as it takes`() async throws {
        let rig = Self.rig(Self.client("key-0"))
        for attempt in 1...10 {
            let error = await #expect(throws: TokenError.self) { try await Self.send(rig) }
            #expect(error?.code == .refused, "\(attempt)")
            #expect(rig.provider.calls.count == attempt)
            rig.clock.advance(by: .seconds(6))
        }
        rig.provider.answer { _ in WireResponse(status: 200) }
        #expect(try await Self.send(rig) == 200)
    }

    @Test func `Whoever was rejected at the same time is refused as well, and the source is read once for all`()
        async throws
    {
        let rig = Self.rig(Self.client("key-0"))
        _ = try await rig.token
        let codes = await withTaskGroup(of: TokenError.Code?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do { return try await Self.send(rig) == 200 ? nil : .requestFailed } catch {
                        return (error as? TokenError)?.code
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == .refused })
    }

    @Test func `A source that fails takes no token away`() async throws {
        let source = FailingSource(Self.client("key-1"))
        let rig = Self.rig(source, takes: ["key-1"])
        _ = try await rig.token
        source.fails(true)
        let error = await #expect(throws: TokenError.self) { try await rig.session.renew() }
        #expect(error?.code == .invalidCredentials)
        #expect(try await Self.send(rig) == 200)
        rig.provider.answer { _ in WireResponse(status: 401) }
        #expect(try await Self.send(rig) == 401, "nobody knows whether there is another token")
    }

    @Test func `The token is renewed by nothing but a rejection and renew()`() async throws {
        let vault = Vault(Self.client("key-1"))
        let rig = Self.rig(vault)
        let upkeep = Task { await rig.session.run() }
        await eventually { rig.session.currentAccessToken != nil }
        vault.put(Self.client("key-2"))
        rig.clock.advance(by: .hours(24 * 365))
        #expect(try await rig.token == "key-1")
        #expect(try await rig.session.renew().value.revealed == "key-2")
        upkeep.cancel()
        await upkeep.value
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `Signing out forgets the token, and revokes none`() async throws {
        let dialect = Sample.standard().overriding {
            $0.revocationEndpoint = URL(string: "https://login.acme.example/r")
        }
        let rig = Rig(dialect: dialect, credentials: Self.client("key-1"), identity: Self.identity)
        _ = try await rig.token
        #expect(try await rig.session.signOut(revoking: true) == .unsupported)
        #expect(rig.session.currentAccessToken == nil)
        let error = await #expect(throws: TokenError.self) { try await rig.token }
        #expect(error?.code == .signedOut)
        try await rig.session.signIn(with: .clientCredentials())
        #expect(try await rig.token == "key-1")
        let other = await #expect(throws: TokenError.self) { try await rig.session.signIn(with: Sample.code) }
        #expect(other?.code == .invalidRequest)
        #expect(rig.provider.calls.isEmpty)
    }

    @Test(arguments: ["canary\nkey", "canary key", "canary\u{0}", "canary\r\nX-Injected: 1", "", "canary-é"])
    func `A token that no header can carry is refused by name`(_ token: String) async throws {
        let rig = Self.rig(Self.client(token))
        let error = await #expect(throws: TokenError.self) { try await Self.send(rig) }
        #expect(error?.code == .invalidCredentials)
        #expect(error?.message.contains("static token") == true)
        Printed(try #require(error)).lacks(["canary"])
        Printed(rig.log.events).lacks(["canary"])
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `Credentials without a secret hold no token`() async throws {
        let rig = Self.rig(ClientCredentials(id: "shop"))
        let error = await #expect(throws: TokenError.self) { try await rig.token }
        #expect(error?.code == .invalidCredentials)
        #expect(error?.message.contains("static token") == true)
    }

    @Test func `In a pool each name is a session, with its own dialect's placement of the token`() async throws {
        let provider = StubProvider { _ in WireResponse(status: 200) }
        let pool = SessionPool(transport: provider, clock: TestClock())
        let dialect = Sample.standard(WireConventions { $0.tokenPlacement = .header("X-Api-Key") })
        let one = pool.session(dialect: dialect, credentials: Self.client("key-1"), identity: Self.identity)
        let same = pool.session(dialect: dialect, credentials: Self.client("key-1"), identity: Self.identity)
        let two = pool.session(
            dialect: dialect,
            credentials: Self.client("key-1"),
            identity: .staticToken(named: "shop-8")
        )
        let client = pool.session(dialect: dialect, credentials: Self.client("key-1"))
        #expect(one === same)
        #expect(one !== two)
        #expect(one !== client)
        _ = try await one.send(WireRequest("GET", Self.url))
        #expect(provider.calls.map { $0.request.headers["X-Api-Key"] } == ["key-1"])
    }
}

/// A source of credentials that fails for as long as a test wants.
private final class FailingSource: CredentialsSource {
    private struct Failure: Error {}

    private let isFailing = Locked(false)
    private let client: ClientCredentials

    init(_ client: ClientCredentials) { self.client = client }

    func fails(_ fails: Bool) { isFailing.withLock { $0 = fails } }

    func credentials() async throws -> ClientCredentials {
        if isFailing.withLock({ $0 }) { throw Failure() }
        return client
    }
}
