import Foundation
import OAuthDialects

/// The memory that the process holds; measured on Linux, 0 elsewhere.
enum Memory {
    /// How much it grows, in KiB, from a tenth of the renewals to all of them.
    static func overRenewals(_ count: Int) async throws -> Double {
        var policy = RenewalPolicy.standard
        policy.burst = count * 2
        let session = InstantProvider(lifetime: 3600).session(policy)
        for _ in 0..<(count / 10) { consume(try await session.renew()) }
        let before = resident
        for _ in (count / 10)..<count { consume(try await session.renew()) }
        return resident - before
    }

    /// What each of many sessions holds and takes to be made.
    static func ofIdleSessions(_ count: Int) throws -> (kibibytes: Double, microseconds: Double) {
        let provider = InstantProvider(lifetime: 3600)
        var sessions: [TokenSession] = []
        sessions.reserveCapacity(count)
        let before = resident
        let start = ContinuousClock.now
        for _ in 0..<count { sessions.append(provider.session()) }
        let time = ContinuousClock.now - start
        return withExtendedLifetime(sessions) {
            ((resident - before) / Double(count), time / .microseconds(1) / Double(count))
        }
    }

    private static var resident: Double {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Double($0.filter(\.isNumber)) } ?? 0
    }
}
