import Dispatch
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// A session that finishes one sign-in, on a clock that stands still, and the token request that it sent.
struct CallbackSession: Sendable {
    let attempt: SignInAttempt
    let date: Date

    /// Finishes the sign-in and returns the fields of the token request; `nil` if the callback was refused before.
    ///
    /// The fuzzer's calls are synchronous.
    func read(_ callback: URL) -> (fields: [String: String]?, error: (any Error)?) {
        let end = DispatchSemaphore(value: 0)
        let transport = Recorder()
        let (attempt, date) = (attempt, date)
        let done = Outcome()
        Task.detached {
            do {
                try await Self.session(for: attempt, date, transport).finishSignIn(attempt, callback: callback)
            } catch {
                done.error.withLock { $0 = error }
            }
            end.signal()
        }
        end.wait()
        return (transport.fields.withLock { $0 }, done.error.withLock { $0 })
    }

    private static func session(for attempt: SignInAttempt, _ date: Date, _ transport: Recorder) -> TokenSession {
        var policy = RenewalPolicy()
        policy.attempts = 1
        var endpoint = URLComponents(url: attempt.url, resolvingAgainstBaseURL: true)
        endpoint?.query = nil
        return TokenSession(
            dialect: .standard(
                name: attempt.dialect,
                tokenEndpoint: URL(string: "https://auth.example/token")!,
                apiHosts: ["api.example"],
                authorizationEndpoint: endpoint?.url
            ),
            credentials: Dialects.credentials,
            identity: .user(attempt.account),
            transport: transport,
            policy: policy,
            clock: TestClock(date: date)
        )
    }
}

private final class Outcome: Sendable {
    let error = Mutex<(any Error)?>(nil)
}

/// Keeps the fields of a form and answers with tokens.
private final class Recorder: WireTransport {
    let fields = Mutex<[String: String]?>(nil)

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        if case .form(let sent) = request.body {
            let pairs = sent.map { ($0.name, $0.value.revealed) }
            fields.withLock { $0 = Dictionary(pairs) { first, _ in first } }
        }
        return WireResponse(status: 200, body: Data(#"{"access_token":"t","token_type":"Bearer"}"#.utf8))
    }
}
