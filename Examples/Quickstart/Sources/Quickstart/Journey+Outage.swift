import Foundation
import OAuthDialects
import OAuthDialectsTesting

extension Journey {
    func outliveAnOutage() async throws {
        timeline.step("6 Provider down", "while a token works, it is served")
        try await waitUntilDue()
        while let end = session.status.expiresAt, end.timeIntervalSinceNow < 2 {
            timeline.app("comes too late on this busy machine, and begins with another token")
            _ = try await session.renew()
            try await waitUntilDue()
        }
        let old = session.currentAccessToken
        timeline.provider("goes down. Its token endpoint now gives: \(provider.outage)")
        sandbox.fail(with: provider.outage, at: .tokenEndpoints)
        var answers: [Int] = []
        let change = try await counting {
            repeat {
                answers.append(try await call())
                try await Task.sleep(for: .milliseconds(150))
            } while answers.count < 4
        }
        timeline.check(answers.allSatisfy { $0 == 200 }, "\(answers.count) calls, all 200")
        timeline.check(change.faults > 0, "the session tried to renew \(change.faults)×, behind the callers")
        timeline.check(session.currentAccessToken == old, "the token in hand was not given up")
        timeline.provider("is back")
        sandbox.recover()
        let status = try await keepCalling(until: old)
        timeline.check(status == 200 && session.currentAccessToken != old, "renewed as soon as it was possible")
    }

    /// Goes on as an app does, until the session has another token.
    private func keepCalling(until old: AccessToken?) async throws -> Int {
        var status = 200
        for _ in 0..<40 where status == 200 && session.currentAccessToken == old {
            status = try await call()
            try await Task.sleep(for: .milliseconds(250))
        }
        return status
    }
}
