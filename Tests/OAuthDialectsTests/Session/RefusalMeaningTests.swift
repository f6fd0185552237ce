import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// What refusals lead to, by what is known about their words.
    @Suite(.timeLimit(.minutes(1)))
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
    }
}
