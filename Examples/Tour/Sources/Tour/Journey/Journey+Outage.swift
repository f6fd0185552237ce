import Foundation
import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    func outlastAnOutage() async throws {
        try await timeline.step("Provider down", "the token that works is served") {
            try await waitUntilDue()
            while let end = session.status.expiresAt, end.timeIntervalSinceNow < 1.6 {
                timeline.app("session.renew(), since the token would end within this step")
                _ = try await session.renew()
                try await waitUntilDue()
            }
            let old = session.currentAccessToken
            timeline.provider("goes down: its token endpoint gives \(provider.outage)")
            sandbox.fail(with: provider.outage, at: .tokenEndpoints)
            var answers: [Int] = []
            let change = try await counting {
                repeat {
                    answers.append(try await call())
                    try await Task.sleep(for: .milliseconds(100))
                } while answers.count < 4
            }
            timeline.check(answers.allSatisfy { $0 == 200 }, "\(answers.count) calls, all 200")
            timeline.check(change.faults > 0, "the session tried to renew, in the background")
            timeline.check(session.currentAccessToken == old, "the session kept its token")
            timeline.provider("is up again")
            sandbox.recover()
            let status = try await keepCalling(until: old)
            timeline.check(status == 200 && session.currentAccessToken != old, "renewed when the provider was up")
            return "\(answers.count) calls returned 200; renewed once it was up again"
        }
    }

    /// Makes calls as an app does, until the session has another token.
    private func keepCalling(until old: AccessToken?) async throws -> Int {
        var status = 200
        for _ in 0..<100 where status == 200 && session.currentAccessToken == old {
            status = try await call()
            try await Task.sleep(for: .milliseconds(100))
        }
        return status
    }
}
