import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

// The code of the article on errors, word for word.

private func act(on session: TokenSession, _ request: URLRequest) async throws {
    do {
        let (data, _) = try await session.data(for: request)
        show(data)
    } catch let error as TokenError {
        switch error.action {
        case .signIn: askToSignIn()
        case .retry: tryAgain(after: error.retryAt)
        case .verify: lookUp(request)
        default: alertOnCall("\(error)")
        }
    }
}

private func watch(_ session: TokenSession) async {
    let alarms: [SessionEvent.Name] = [
        .renewalFailed, .tokenServed, .storeFailed, .signInRequired,
    ]
    for await event in session.events where alarms.contains(event.name) {
        log("\(event.name) \(event.message) \(event.metadata)")
    }
}

private func show(_ data: Data) {}
private func tryAgain(after date: Date?) {}
private func askToSignIn() {}
private func lookUp(_ request: URLRequest) {}
private func alertOnCall(_ text: String) {}
private func log(_ text: String) {}
