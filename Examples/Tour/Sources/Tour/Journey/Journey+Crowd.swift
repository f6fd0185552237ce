import Foundation
import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    /// Starts 10,000 tasks on a session without a token.
    func serveCrowd() async throws {
        try await timeline.step("10,000 callers", "a session without a token makes one token request for all") {
            let crowd = TokenSession(
                dialect: session.dialect,
                credentials: sandbox.credentials,
                transport: transport,
                onEvent: timeline.session
            )
            let start = ContinuousClock.now
            var isShared = false
            let change = try await counting {
                timeline.app("10,000 tasks call session.accessToken()")
                isShared = try await withThrowingTaskGroup(of: AccessToken.self) { group in
                    for _ in 0..<10_000 {
                        group.addTask { try await crowd.accessToken() }
                    }
                    let first = try await group.next()
                    return try await group.allSatisfy { $0 == first }
                }
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            timeline.check(change.exchanges == 1, "one token request")
            timeline.check(isShared, "every caller has the same token")
            return "one token request, \(String(format: "%.2f", seconds)) s for all"
        }
    }
}
