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

    /// What the last sessions of a large pool cost against the first: memory, time to make them, time of a renewal.
    @concurrent
    static func growth(_ count: Int) async throws -> [Double] {
        let pool = SessionPool(transport: InstantProvider(lifetime: 3600), capacity: 3 * count)
        let part = count / 10
        // The allocator's own reserves are filled before.
        _ = try await sessions(-part..<0, of: pool)
        let first = try await sessions(0..<part, of: pool)
        _ = try await sessions(part..<(count - part), of: pool)
        let last = try await sessions((count - part)..<count, of: pool)
        return zip(last, first).map { $0 / $1 }
    }

    private static func sessions(_ numbers: Range<Int>, of pool: SessionPool) async throws -> [Double] {
        let (dialect, client) = (WeTixDialect.weTix(.sandbox), ClientCredentials(id: "id", secret: "secret"))
        let identities = numbers.map { Identity.client(scopes: ["\($0)"]) }
        let before = resident
        let start = ContinuousClock.now
        let sessions = identities.map { pool.session(dialect: dialect, credentials: client, identity: $0) }
        let making = ContinuousClock.now - start
        let memory = resident - before
        let middle = ContinuousClock.now
        for session in sessions.suffix(10_000) { consume(try await session.accessToken()) }
        return [memory, making / .seconds(1), (ContinuousClock.now - middle) / .seconds(1)]
    }

    private static var resident: Double {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
    }
}
