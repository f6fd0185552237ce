import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What signing out says about the tokens at the provider.
@Suite(.timeLimit(.minutes(5)))
struct RevocationTests {
    private static let dialect = WeTixDialect(.sandbox).overriding {
        $0.revocationEndpoint = URL(string: "https://sb-oauth.wetix.my/revoke")!
    }

    private static func rig(_ status: Int, store: any TokenStore = InMemoryTokenStore()) async throws -> Rig {
        let provider = StubProvider { call in
            guard call.request.url.path == "/revoke" else { return .tokens("access-1", refresh: "refresh-1") }
            guard status > 0 else { throw WireFailure(.connectionLost, mayHaveArrived: true) }
            return WireResponse(status: status)
        }
        let rig = Rig(dialect: dialect, provider: provider, store: store)
        _ = try await rig.token
        return rig
    }

    private static func revocations(_ rig: Rig) -> Int {
        rig.provider.calls.count { $0.request.url.path == "/revoke" }
    }

    @Test(arguments: [
        (200, RevocationResult.revoked), (400, .refused), (403, .refused), (503, .failed), (429, .failed), (0, .failed),
    ])
    func `Signing out says what became of the tokens`(_ status: Int, _ result: RevocationResult) async throws {
        let rig = try await Self.rig(status)
        #expect(try await rig.session.signOut(revoking: true) == result)
        #expect(Self.revocations(rig) == 1)
        let events = rig.log.events.filter { $0.name == .revocationFailed }
        #expect(events.map(\.metadata) == (result == .revoked ? [] : [["result": "\(result)", "dialect": "wetix"]]))
        #expect(events.allSatisfy { $0.level == .warning })
        #expect(await rig.record()?.isTombstone == true)
    }

    @Test func `Without an endpoint, or without being asked, nothing is revoked`() async throws {
        let rig = Rig()
        _ = try await rig.token
        #expect(try await rig.session.signOut(revoking: true) == .unsupported)
        let other = try await Self.rig(200)
        #expect(try await other.session.signOut() == .notAsked)
        #expect(Self.revocations(other) == 0)
    }

    @Test func `A store that fails keeps no token from being revoked, and learns of the sign-out later`() async throws {
        let store = FickleStore()
        let rig = try await Self.rig(200, store: store)
        store.fails(true)
        let result = await rig.patiently { try await rig.session.signOut(revoking: true) }
        let error = #expect(throws: TokenError.self) { try result.get() }
        #expect(error?.code == .storeFailed)
        #expect(rig.session.status.standing == .signedOut)
        #expect(Self.revocations(rig) == 1)
        #expect(await rig.record()?.isTombstone == false)
        store.fails(false)
        await rig.clock.drain(until: { await rig.record()?.isTombstone == true }, by: .seconds(1))
        #expect(Self.revocations(rig) == 1)
    }

    @Test func `A late attempt leaves the sign-in of another process alone`() async throws {
        let store = FickleStore()
        let rig = try await Self.rig(200, store: store)
        store.fails(true)
        _ = await rig.patiently { try await rig.session.signOut() }
        store.fails(false)
        rig.clock.advance(by: .seconds(1))
        let other = Rig(dialect: Self.dialect, clock: rig.clock, provider: rig.provider, store: store)
        try await other.session.signIn(with: .clientCredentials())
        rig.clock.advance(by: .seconds(3600))
        await rig.clock.drain(
            until: { !rig.session.status.isUnsaved && !rig.session.status.isRenewing },
            by: .seconds(1)
        )
        #expect(await other.record()?.isTombstone == false)
        #expect(await other.record()?.accessToken != nil)
    }

    @Test func `An event shows no token that a revocation has in its path`() async throws {
        let dialect = InstanceDialect().overriding {
            $0.revocationRequest = { tokens, _, _ in
                let path = "https://login.acme.com/revoke/\(tokens.accessToken.revealed)"
                return URL(string: path).map { WireRequest("DELETE", $0) }
            }
        }
        let provider = StubProvider { call in
            call.request.method == "DELETE" ? WireResponse(status: 200) : .tokens("canary-access-token")
        }
        let rig = Rig(dialect: dialect, provider: provider)
        _ = try await rig.token
        #expect(try await rig.session.signOut(revoking: true) == .revoked)
        Printed(rig.log.events).lacks(["canary-access-token"])
    }

    @Test func `A revocation goes to an endpoint of the provider or to its API, and nowhere else`() async throws {
        for (url, result) in [
            ("https://login.acme.com/revoke", RevocationResult.revoked), ("https://my.acme.com/revoke", .revoked),
            ("https://elsewhere.example/revoke", nil),
        ] as [(String, RevocationResult?)] {
            let dialect = InstanceDialect().overriding {
                $0.revocationRequest = { _, _, _ in WireRequest("DELETE", URL(string: url)!) }
            }
            let provider = StubProvider { call in
                call.request.method == "DELETE"
                    ? WireResponse(status: 200) : .tokens("access", saying: ["instance_url": "https://my.acme.com"])
            }
            let rig = Rig(dialect: dialect, provider: provider)
            _ = try await rig.token
            #expect(try await rig.session.signOut(revoking: true) == result ?? .failed)
            #expect(rig.provider.calls.contains { $0.request.method == "DELETE" } == (result != nil))
        }
    }
}
