import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What requests to the API learn, and show, about a sign-in that is dead.
@Suite(.timeLimit(.minutes(5)))
struct DeadSignInTests {
    private static let url = URL(string: "https://sb-open.wetix.my/orders")!
    private static let code = Grant.authorizationCode("code", redirectURI: nil, codeVerifier: nil)

    /// What the API answers; the provider gives tokens until the API rejects them, and refuses refreshes from then on.
    private final class API: Sendable {
        private let state = Locked(WireResponse(status: 200))

        var answer: WireResponse {
            get { state.withLock { $0 } }
            set { state.withLock { $0 = newValue } }
        }
    }

    private static let rejection = WireResponse.json(
        401,
        #"{"error":"token_revoked","error_description":"access-1 was revoked"}"#
    )

    /// A session whose first token the API has accepted, and now rejects; the provider refuses its refresh token.
    private static func dying(_ api: API) async throws -> Rig {
        let provider = StubProvider { call in
            switch call.grantType {
            case nil: api.answer
            case "refresh_token": .refused("invalid_grant")
            default: .tokens("access-1", refresh: "refresh-1")
            }
        }
        let rig = Rig(identity: .user(try Account("ann")), provider: provider)
        try await rig.session.signIn(with: code)
        #expect(try await rig.session.send(WireRequest("GET", url)).status == 200)
        api.answer = rejection
        return rig
    }

    private static func expectReport(_ error: TokenError?, _ rig: Rig) {
        #expect(error?.code == .signInRequired)
        #expect(error?.delivery == .rejected)
        #expect(error?.action == .signIn)
        #expect(error?.refusal?.code == "token_revoked")
        #expect(error.map { "\($0)" }?.contains("access-1") == false)
        #expect(rig.session.status.needsSignIn)
        #expect(rig.session.status.failingSince != nil)
        #expect(rig.session.currentAccessToken == nil)
        #expect(rig.provider.grantTypes == ["authorization_code", "refresh_token"])
        #expect(rig.log.count(of: .signInRequired) == 1)
    }

    @Test func `A GET that finds out throws, with what the API said`() async throws {
        let rig = try await Self.dying(API())
        let request = URLRequest(url: Self.url)
        let error = await #expect(throws: TokenError.self) { try await rig.session.data(for: request) }
        Self.expectReport(error, rig)
    }

    @Test func `A POST with a body stream that finds out throws as well`() async throws {
        let rig = try await Self.dying(API())
        var request = URLRequest(url: Self.url)
        request.httpMethod = "POST"
        request.httpBodyStream = InputStream(data: Data("once".utf8))
        let error = await #expect(throws: TokenError.self) { try await rig.session.data(for: request) }
        Self.expectReport(error, rig)
        #expect(rig.provider.calls.count { $0.request.method == "POST" && $0.grantType == nil } == 1)
    }

    @Test func `Requests go on trying the token, and an acceptance brings it back`() async throws {
        let api = API()
        let rig = try await Self.dying(api)
        for _ in 0..<2 {
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.withAccessToken { token -> TokenSession.Attempt<String> in
                    .rejected(token.value.revealed)
                }
            }
            #expect(error?.code == .signInRequired)
            #expect(error?.delivery == .rejected)
        }
        #expect(await rig.failure()?.code == .signInRequired)
        let accepted = try await rig.session.withAccessToken { token -> TokenSession.Attempt<String> in
            .accepted(token.value.revealed)
        }
        #expect(accepted == "access-1")
        #expect(!rig.session.status.needsSignIn)
        #expect(rig.session.currentAccessToken?.value.revealed == "access-1")
        #expect(try await rig.token == "access-1")
        #expect(rig.log.count(of: .signInRequired) == 1)
    }

    @Test(arguments: [false, true])
    func `A sign-in in another process is found before anybody is sent to sign in`(_ isDead: Bool) async throws {
        let api = API()
        let rig = try await Self.dying(api)
        if isDead {
            await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
            await rig.settled()
        }
        let other = StubProvider { _ in .tokens("access-9", refresh: "refresh-9") }
        let elsewhere = Rig(identity: .user(try Account("ann")), clock: rig.clock, provider: other, store: rig.store)
        try await elsewhere.session.signIn(with: Self.code)
        if isDead {
            #expect(try await rig.token == "access-9")
            #expect(!rig.session.status.needsSignIn)
        } else {
            #expect(try await rig.session.send(WireRequest("GET", Self.url)).status == 401)
            #expect(rig.provider.calls.compactMap(\.bearer).last == "access-9")
        }
        #expect(rig.session.currentAccessToken?.value.revealed == "access-9")
        #expect(rig.log.count(of: .signInRequired) == (isDead ? 1 : 0))
    }

    @Test func `An upload that finds out throws as well`() async throws {
        let rig = try await Self.dying(API())
        var request = URLRequest(url: Self.url)
        request.httpMethod = "POST"
        let error = await #expect(throws: TokenError.self) {
            try await rig.session.upload(for: request, from: Data("once".utf8))
        }
        Self.expectReport(error, rig)
    }

    @Test(arguments: [301, 400, 403, 404, 429, 500, 503])
    func `Only a 2xx is an acceptance`(_ status: Int) async throws {
        let api = API()
        let rig = try await Self.dying(api)
        await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
        api.answer = WireResponse(status: status)
        #expect(try await rig.session.send(WireRequest("GET", Self.url)).status == status)
        #expect(rig.session.status.needsSignIn)
        api.answer = WireResponse(status: 204)
        #expect(try await rig.session.send(WireRequest("GET", Self.url)).status == 204)
        #expect(!rig.session.status.needsSignIn)
    }

    @Test func `A caller gets the token once a minute has passed, and one alone`() async throws {
        let rig = try await Self.dying(API())
        await #expect(throws: TokenError.self) { try await rig.session.send(WireRequest("GET", Self.url)) }
        await rig.settled()
        #expect(await rig.failure()?.code == .signInRequired)
        rig.clock.advance(by: .seconds(61))
        #expect(try await rig.token == "access-1")
        #expect(await rig.failure()?.code == .signInRequired)
        #expect(rig.session.status.needsSignIn)
    }

    @Test func `A sign-in whose first token is rejected gets the API's answer`() async throws {
        let provider = StubProvider { call in
            switch call.grantType {
            case nil: Self.rejection
            case "refresh_token": .refused("invalid_grant")
            default: .tokens("access-1", refresh: "refresh-1")
            }
        }
        let rig = Rig(identity: .user(try Account("ann")), provider: provider)
        try await rig.session.signIn(with: Self.code)
        for _ in 0..<20 {
            #expect(try await rig.session.send(WireRequest("GET", Self.url)).status == 401)
            rig.clock.advance(by: .seconds(60))
        }
        #expect(!rig.session.status.needsSignIn)
        #expect(rig.log.count(of: .signInRequired) == 0)
    }
}
