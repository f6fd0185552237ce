import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// What refusals lead to, by what is known about their words.
    @Suite(.timeLimit(.minutes(5)))
    struct RefusalMeaningTests {
        private static func user() async throws -> Rig {
            let rig = Rig(identity: .user(try Account("ann")))
            try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
            rig.clock.advance(by: .hours(2))
            return rig
        }

        @Test(arguments: [
            (400, #"{"error":"server_busy"}"#), (200, #"{"error":{"code":20050}}"#),
            (400, #"{"error":"access_denied"}"#),
            (403, "<html>"), (404, ""), (401, ""),
        ])
        func `An unknown word at a refresh ends nobody's session`(_ status: Int, _ body: String) async throws {
            let rig = try await Self.user()
            rig.provider.answer { _ in .json(status, body) }
            let error = await rig.failure()
            #expect(error?.code == .refused || error?.code == .unavailable)
            #expect(error?.isTransient == true)
            #expect(error?.retryAt != nil)
            #expect(error?.hint != nil)
            rig.provider.answer { .tokens("access-\($0.number)") }
            rig.clock.advance(by: .seconds(300))
            #expect(try await rig.token.hasPrefix("access-"))
            #expect(rig.provider.calls.last?.refreshToken == "refresh-1")
        }

        @Test(arguments: ["server_busy", "unauthorized_client", "invalid_request"])
        func `A client whose refresh is refused authenticates in the same call`(_ code: String) async throws {
            let rig = Rig()
            _ = try await rig.token
            rig.clock.advance(by: .hours(2))
            rig.provider.answer { $0.refreshToken == nil ? .tokens("access-\($0.number)") : .refused(code) }
            #expect(try await rig.outcome().get().value.revealed == "access-3")
        }

        @Test(arguments: [502, 504])
        func `A client's refresh token that met a gateway without an answer is not presented again`(
            _ status: Int
        ) async throws {
            let rig = Rig()
            _ = try await rig.token
            rig.clock.advance(by: .hours(2))
            rig.provider.answer {
                $0.refreshToken == nil ? .tokens("access-\($0.number)") : WireResponse(status: status)
            }
            #expect(try await rig.outcome().get().value.revealed == "access-3")
        }

        @Test(arguments: ["server_busy", "invalid_client", "invalid_request"])
        func `Retry-After on a 400 is obeyed`(_ code: String) async throws {
            let rig = try await Self.user()
            rig.provider.answer { _ in .json(400, #"{"error":"\#(code)"}"#, headers: ["Retry-After": "120"]) }
            #expect(await rig.failure()?.retryAt == rig.clock.date.addingTimeInterval(120))
            let calls = rig.provider.calls.count
            rig.clock.advance(by: .seconds(119))
            #expect(await rig.failure()?.code == .refused)
            #expect(rig.provider.calls.count == calls)
        }

        @Test func `Retry-After on a definite refusal is not obeyed`() async throws {
            let rig = try await Self.user()
            rig.provider.answer { _ in .json(400, #"{"error":"invalid_grant"}"#, headers: ["Retry-After": "120"]) }
            let error = await rig.failure()
            #expect(error?.code == .signInRequired)
            #expect(error?.retryAt.map { $0 < rig.clock.date.addingTimeInterval(120) } != false)
        }

        @Test(arguments: [("s3cret", false), ("s+cret/", true), ("se cret", true), ("ä", true)])
        func `A refused client whose secret Basic writes in two ways learns of the other`(
            _ secret: String,
            _ isAmbiguous: Bool
        ) async throws {
            for (dialect, other): (any ProviderDialect, String) in [
                (.weTix(.sandbox), ".basicFormEncoded"), (.tiki(.production), ".basic does"),
            ] {
                for answer in [WireResponse.refused("invalid_client", 401), WireResponse(status: 401)] {
                    let credentials = ClientCredentials(id: "client", secret: Secret(secret))
                    let rig = Rig(dialect: dialect, credentials: credentials, provider: StubProvider { _ in answer })
                    let hint = try #require(await rig.failure()?.hint)
                    #expect(hint.contains("client id and ") || hint.contains("client id, and "))
                    #expect(hint.contains(other) == isAmbiguous, "\(hint)")
                    #expect(!hint.contains(secret))
                }
            }
            let inBody = Rig(
                dialect: .tiki(.production, authentication: .body),
                credentials: ClientCredentials(id: "client", secret: Secret(secret)),
                provider: StubProvider { _ in .refused("invalid_client", 401) }
            )
            #expect(await inBody.failure()?.hint?.contains("FormEncoded") == false)
        }

        @Test func `A dead sign-in has no next attempt`() async throws {
            let rig = try await Self.user()
            rig.provider.answer { _ in .refused("invalid_grant") }
            let first = await rig.failure()
            let second = await rig.failure()
            for error in [first, second] {
                #expect(error?.code == .signInRequired)
                #expect(error?.retryAt == nil)
                #expect(error?.action == .signIn)
                #expect(error.map { "\($0)".contains("Next attempt") } == false)
            }
        }

        @Test(arguments: [
            WireFailure(.notConnected, mayHaveArrived: false, underlying: URLError(.cannotFindHost)),
            WireFailure(.notConnected, mayHaveArrived: false, message: "The host sb-oauth.wetix.my was not found."),
        ])
        func `The message names the provider, the host, and the cause`(_ failure: WireFailure) async {
            let rig = Rig(provider: StubProvider { _ in throw failure })
            let error = await rig.failure()
            #expect(error?.message == "wetix could not be reached: the host sb-oauth.wetix.my was not found.")
        }

        @Test(arguments: [
            (
                WireFailure(.timedOut, mayHaveArrived: true),
                "wetix did not answer: no answer from sb-oauth.wetix.my in time."
            ),
            (
                WireFailure(.tlsFailed, mayHaveArrived: false),
                "wetix could not be reached: no secure connection to sb-oauth.wetix.my could be made."
            ),
            (
                WireFailure(.connectionLost, mayHaveArrived: true, underlying: URLError(.networkConnectionLost)),
                "wetix gave no complete answer: sb-oauth.wetix.my closed the connection before the answer was complete."
            ),
            (
                WireFailure(.connectionLost, mayHaveArrived: true, underlying: URLError(.unknown)),
                "wetix gave no complete answer: the request to sb-oauth.wetix.my failed (NSURLErrorDomain -1)."
            ),
        ])
        func `So do other failures`(_ failure: WireFailure, _ message: String) async {
            let rig = Rig(provider: StubProvider { _ in throw failure })
            #expect(await rig.failure()?.message == message)
        }

        @Test(arguments: [502: true, 504: true, 503: false])
        func `So is one that met a gateway without an answer`(_ status: Int, _ mayBeUsedUp: Bool) async throws {
            let rig = Rig(
                identity: .user(try Account("ann")),
                provider: StubProvider { _ in WireResponse(status: status) }
            )
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.signIn(with: .authorizationCode("c", redirectURI: nil, codeVerifier: nil))
            }
            #expect(error?.isTransient == !mayBeUsedUp)
            #expect(error?.action == (mayBeUsedUp ? .signIn : .retry))
        }

        @Test func `A refused code leads to another sign-in`() async throws {
            let provider = StubProvider { _ in .refused("invalid_grant") }
            let rig = Rig(identity: .user(try Account("ann")), provider: provider)
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.signIn(with: .authorizationCode("c", redirectURI: nil, codeVerifier: nil))
            }
            #expect(error?.code == .refused)
            #expect(error?.action == .signIn)
        }

        @Test(arguments: [true, false])
        func `A sign-in whose code may be used up is not to be repeated`(_ mayHaveArrived: Bool) async throws {
            let failure = WireFailure(.connectionLost, mayHaveArrived: mayHaveArrived)
            let rig = Rig(
                identity: .user(try Account("ann")),
                provider: StubProvider { _ in throw failure }
            )
            let error = await #expect(throws: TokenError.self) {
                try await rig.session.signIn(with: .authorizationCode("c", redirectURI: nil, codeVerifier: nil))
            }
            #expect(error?.isTransient == !mayHaveArrived)
            #expect(error?.action == (mayHaveArrived ? .signIn : .retry))
        }
    }
}
