import Foundation
import OAuthDialects

extension SessionClock {
    /// Suspends for a duration.
    func sleep(for duration: Duration) async throws {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        try await sleep(until: SessionInstant(nanoseconds: now.nanoseconds + nanoseconds))
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: TimeInterval { TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18 }
}

extension Date {
    /// The date as RFC 3339, in UTC, to the second.
    var rfc3339: String { formatted(.iso8601) }

    /// The seconds since 1970, rounded down.
    var unixSeconds: Int { Int(timeIntervalSince1970.rounded(.down)) }
}
