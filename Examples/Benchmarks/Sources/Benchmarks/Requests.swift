import Foundation
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Requests of an API by a session, against the same by `URLSession` alone.
enum Requests {
    /// How many times as long ours takes: batches in turns over kept connections, the median of each.
    @concurrent
    static func ratio(at url: URL) async throws -> Double {
        let session = try Provider.session(at: url)
        let plain = URLSession(configuration: .ephemeral)
        let request = URLRequest(url: url)
        var (ours, theirs): ([Double], [Double]) = ([], [])
        for _ in 0..<40 {
            ours.append(try await time { _ = try await session.data(for: request) })
            theirs.append(try await time { _ = try await plain.data(for: request) })
        }
        plain.finishTasksAndInvalidate()
        return Figure(ours).median / Figure(theirs).median
    }

    private static func time(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        for _ in 0..<50 { try await work() }
        return (ContinuousClock.now - start) / .nanoseconds(1)
    }
}
