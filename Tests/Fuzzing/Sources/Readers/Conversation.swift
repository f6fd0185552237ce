import Dispatch
import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// One session that asks for a token and is given one answer, on a clock that stands still.
struct Conversation: Sendable {
    var dialect: any ProviderDialect = Dialects.all[0]
    let record: TokenRecord?
    let identity: Identity
    let answer: WireResponse
    /// What else of the answer must not be shown.
    var answerSecrets: [String] = []

    /// Runs it to its end; the fuzzer's calls are synchronous.
    func run() {
        let end = DispatchSemaphore(value: 0)
        Task.detached {
            await converse()
            end.signal()
        }
        end.wait()
    }

    private func converse() async {
        let said = Said()
        let clock = TestClock(date: Dialects.date)
        var policy = RenewalPolicy()
        // The clock stands still, so that a second attempt would never come.
        policy.attempts = 1
        let session = TokenSession(
            dialect: dialect,
            credentials: Dialects.credentials,
            identity: identity,
            store: OneRecord(record),
            transport: OneAnswer(answer),
            policy: policy,
            clock: clock,
            onEvent: { said.add("\($0) \($0.metadata)") }
        )
        do {
            let token = try await session.accessToken()
            expect(session.currentAccessToken == token || session.currentAccessToken == nil, "the token is in hand")
        } catch {
            expect(error is TokenError, "a session fails by a TokenError, not by \(type(of: error))")
            expectPresentable(error)
            said.add("\(error) \((error as? TokenError)?.refusal.map { "\($0)" } ?? "")")
            let wait = (error as? TokenError)?.retryAt?.timeIntervalSince(clock.date) ?? 0
            expect(wait <= 900, "the next attempt is 15 minutes away at most, not \(wait) s")
        }
        said.add("\(session.status)")
        // A stored token that is short may stand in any sentence, and stored scopes are shown as they are.
        let stored = record.flatMap(StoredFields.init)
        let secrets = [Dialects.clientSecret, Dialects.refreshToken] + answerSecrets + (stored?.secrets ?? [])
        let scopes = stored?.scopes.joined(separator: " ") ?? ""
        expectNoSecret(secrets.filter { !scopes.contains($0) }, in: said.text, "what a session says")
    }
}
