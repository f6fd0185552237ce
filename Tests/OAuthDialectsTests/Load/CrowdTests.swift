import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

extension Heavy {
    /// Over real sockets, with the platform's transport.
    @Suite(.timeLimit(.minutes(5)))
    struct CrowdTests {
        @Test func `A thousand users who refresh at once at a provider of 200 ms all keep their sign-in`() async throws
        {
            let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
            let server = try await sandbox.serve()
            let pool = SessionPool()
            let client = sandbox.credentials
            let sessions = try await withThrowingTaskGroup(of: TokenSession.self) { group in
                for number in 0..<1000 {
                    let session = pool.session(
                        dialect: sandbox.dialect(at: server.url),
                        credentials: client,
                        identity: .user(try Account("user-\(number)"))
                    )
                    group.addTask {
                        try await session.signIn(with: sandbox.issueCode())
                        return session
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            sandbox.latency = .milliseconds(200)
            let before = sandbox.counters.tokenRequestsByGrant["refresh_token", default: 0]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in sessions { group.addTask { _ = try await session.renew() } }
                try await group.waitForAll()
            }
            #expect(sandbox.counters.tokenRequestsByGrant["refresh_token", default: 0] - before == 1000)
            #expect(sandbox.counters.reuses == 0)
            #expect(sessions.allSatisfy { $0.status.standing == .working })
            await server.stop()
        }
    }
}
