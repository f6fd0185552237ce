import FlyingFox
import Foundation
import OAuthDialects

/// Takes the browser when it comes back: exchanges the code, says how it went, and answers with a page.
struct CallbackHandler: HTTPHandler {
    let session: TokenSession

    /// Where it is listened, such as `http://127.0.0.1:49152`.
    let origin: String

    let end: @Sendable (Result<Void, any Error>) -> Void
    let attempts = SignInAttempts()

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        // A page elsewhere whose host's name was bound to 127.0.0.1 sends that name.
        guard let host = request.headers[.host], origin == "http://\(host)",
            let callback = URL(string: origin + request.target.rawValue)
        else { return AnswerPage.stray.response }
        let attempt: SignInAttempt
        do {
            attempt = try await attempts.take(for: callback)
        } catch {
            // Any program here can ask for this page; only the one that was sent away ends the wait.
            return AnswerPage.stray.response
        }
        do {
            try await session.finishSignIn(attempt, callback: callback)
            end(.success(()))
            return AnswerPage.signedIn(session.status).response
        } catch {
            end(.failure(error))
            return AnswerPage.failed(error, at: session.dialect.name).response
        }
    }
}
