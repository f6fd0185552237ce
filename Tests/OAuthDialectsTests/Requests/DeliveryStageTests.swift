import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What an error says about a request whose token was rejected, or that could not be made.
@Suite(.timeLimit(.minutes(5)))
struct DeliveryStageTests {
    private static let url = URL(string: "https://sb-open.wetix.my/pay")!
    private static let post = WireRequest("POST", url)

    private static func isToken(_ call: StubProvider.Call) -> Bool { call.request.url.path.hasPrefix("/auth/") }

    /// A session whose token is rejected, and expires before the API has said so.
    private static func expiring(_ renewal: WireResponse) async throws -> Rig {
        let clock = TestClock()
        let provider = StubProvider { call in
            if call.number == 1 { return .tokens("access-1", refresh: "refresh-1") }
            if isToken(call) { return renewal }
            clock.advance(by: .hours(2))
            return WireResponse(status: 401)
        }
        let rig = Rig(identity: .user(try Account("ann")), clock: clock, provider: provider)
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        return rig
    }

    static let renewals: [(WireResponse, TokenError.Code, TokenError.Action)] = [
        (.json(429, "{}", headers: ["Retry-After": "600"]), .unavailable, .retry),
        (.refused("invalid_client", 401), .refused, .alert),
        (.refused("invalid_grant"), .signInRequired, .signIn),
    ]

    @Test(arguments: renewals.indices)
    func `A POST that met a 401 and a failing renewal was rejected`(_ index: Int) async throws {
        let (renewal, code, action) = Self.renewals[index]
        let rig = try await Self.expiring(renewal)
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(Self.post) }
        #expect(error?.code == code)
        #expect(error?.delivery == .rejected)
        #expect(error?.action == action)
        #expect(rig.provider.calls.filter { $0.request.url == Self.url }.count == 1)
    }

    @Test func `A 401 is returned if the renewal fails while the token lives`() async throws {
        let rig = Rig(
            provider: StubProvider { call in
                if call.number == 1 { return .tokens("access-1") }
                return Self.isToken(call) ? .refused("invalid_client", 401) : WireResponse(status: 401)
            }
        )
        #expect(try await rig.session.send(Self.post).status == 401)
    }

    @Test(arguments: [true, false])
    func `The second attempt's failure says what became of both`(_ mayHaveArrived: Bool) async throws {
        let rig = Rig(
            provider: StubProvider { call in
                if Self.isToken(call) { return .tokens("access-\(call.number)") }
                if call.number == 2 { return WireResponse(status: 401) }
                throw WireFailure(.connectionLost, mayHaveArrived: mayHaveArrived)
            }
        )
        let error = await #expect(throws: TokenError.self) { try await rig.session.send(Self.post) }
        #expect(error?.code == .requestFailed)
        #expect(error?.delivery == (mayHaveArrived ? .unknown : .rejected))
        #expect(error?.action == (mayHaveArrived ? .verify : .retry))
    }

    @Test func `An operation of the app's own learns whether it ran`() async throws {
        let rig = Rig(provider: StubProvider { _ in .refused("invalid_client", 401) })
        let error = await #expect(throws: TokenError.self) {
            try await rig.session.withAccessToken { _ in .accepted(1) }
        }
        #expect(error?.delivery == .notSent)
        let expiring = try await Self.expiring(.refused("invalid_grant"))
        let other = await #expect(throws: TokenError.self) {
            try await expiring.session.withAccessToken { _ in
                expiring.clock.advance(by: .hours(2))
                return .rejected(1)
            }
        }
        #expect(other?.delivery == .rejected)
    }

    @Test func `A request that can't be made was not sent`() async throws {
        let rig = Rig()
        let elsewhere = URL(string: "https://evil.example/pay")!
        let missing = URL(filePath: "/nonexistent")
        var ways: [() async throws -> Void] = [
            { _ = try await rig.session.send(WireRequest("POST", elsewhere)) },
            { _ = try await rig.session.send(WireRequest("POST", Self.url, headers: ["X": "a\r\nb"])) },
            { _ = try await rig.session.bytes(for: URLRequest(url: Self.url)) },
            { _ = try await rig.session.upload(for: URLRequest(url: Self.url), fromFile: missing) },
        ]
        for body in [nil, InputStream(fileAtPath: "/nonexistent")] {
            var request = URLRequest(url: body == nil ? elsewhere : Self.url)
            request.httpMethod = "POST"
            request.httpBodyStream = body
            ways.append { [request] in _ = try await rig.session.data(for: request) }
        }
        for way in ways {
            let error = await #expect(throws: TokenError.self) { try await way() }
            #expect(error?.delivery == .notSent)
            #expect(error?.action == .fix)
        }
        #expect(rig.provider.calls.isEmpty)
    }

    @Test func `An error about a token says nothing about a request`() async throws {
        let rig = Rig(provider: StubProvider { _ in .refused("invalid_client", 401) })
        #expect(await rig.failure()?.delivery == nil)
    }
}
