import Foundation
import OAuthDialects

/// The memory that the process holds; measured on Linux, 0 elsewhere.
enum Memory {
    /// How much it grows, in KiB, from a tenth of the renewals to all of them.
    static func overRenewals(_ count: Int) async throws -> Double {
        var policy = RenewalPolicy()
        policy.burst = count * 2
        let session = InstantProvider(lifetime: 3600).session(policy)
        for _ in 0..<(count / 10) { consume(try await session.renew()) }
        let before = resident
        for _ in (count / 10)..<count { consume(try await session.renew()) }
        return resident - before
    }

    /// What each of many sessions holds and takes to be made.
    static func ofIdleSessions(_ count: Int) throws -> (kibibytes: Double, microseconds: Double) {
        let pool = SessionPool(transport: InstantProvider(lifetime: 3600), capacity: 3 * count)
        let (dialect, client) = (WeTixDialect.weTix(.sandbox), ClientCredentials(id: "id", secret: "secret"))
        let accounts = try (0..<count).map { Identity.user(try Account("merchant-\($0)")) }
        let before = resident
        let start = ContinuousClock.now
        for account in accounts { _ = pool.session(dialect: dialect, credentials: client, identity: account) }
        let time = ContinuousClock.now - start
        return withExtendedLifetime(pool) {
            ((resident - before) / Double(count), time / .microseconds(1) / Double(count))
        }
    }

    private static var resident: Double {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
    }
}
