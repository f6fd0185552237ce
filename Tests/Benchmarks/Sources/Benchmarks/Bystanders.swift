import Foundation
import OAuthDialects

/// Calls to one provider while another hangs under its callers, against calls while nothing hangs.
enum Bystanders {
    private static let callers = 64

    /// How many times as long the 99.9th percentile of the calls takes.
    @concurrent
    static func slowdown(_ provider: Provider) async throws -> Double {
        let session = try Provider.session(at: provider.url("quick"))
        let request = WireRequest("GET", provider.url("empty"))
        _ = try await slowest(of: session, request)
        let alone = try await slowest(of: session, request)
        let other = try await Provider()
        let hanging = try (0..<callers).map { _ in try Provider.session(at: other.url("hang")) }
        let beside = try await withThrowingTaskGroup(of: Void.self) { group in
            for session in hanging { group.addTask { consume(try? await session.accessToken(within: .seconds(60))) } }
            while other.hanging == 0 || !hanging.allSatisfy(\.status.isRenewing) { await Task.yield() }
            defer { group.cancelAll() }
            return try await slowest(of: session, request)
        }
        await other.stop()
        return beside / alone
    }

    /// The 99.9th percentile of 20,000 calls' nanoseconds.
    private static func slowest(of session: TokenSession, _ request: WireRequest) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<20_000 {
            let start = ContinuousClock.now
            _ = try await session.send(request)
            times.append((ContinuousClock.now - start) / .nanoseconds(1))
        }
        return times.sorted()[times.count * 999 / 1000]
    }
}
