internal import Foundation

/// How long the holder of a lock intends to hold it; the lock file contains it.
///
/// The time is that of the machine's monotonic clock, which all processes share and which continues during sleep.
package struct Lease: Codable, Equatable, Sendable {
    /// The end, in nanoseconds of the machine's clock.
    package let until: Int64

    /// Tells holders apart.
    package let holder: String

    package init(until: SessionInstant, holder: String) {
        self.until = until.nanoseconds
        self.holder = holder
    }

    package init?(_ bytes: [UInt8]) {
        guard let lease = try? JSONDecoder().decode(Lease.self, from: Data(bytes)) else { return nil }
        self = lease
    }

    package var bytes: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }
}

/// Observes the holder of a lock for a process that waits for it, and detects a stopped holder, which keeps the kernel's lock.
package struct LeaseWatch: Sendable {
    private let length: Duration
    private let grace: Duration
    private var seen: (bytes: [UInt8], since: SessionInstant)?

    package init(length: Duration, grace: Duration) {
        self.length = length
        self.grace = grace
    }

    /// Notes that the lock was held, with these bytes in its file.
    package mutating func note(_ bytes: [UInt8], at now: SessionInstant) {
        if seen?.bytes != bytes { seen = (bytes: bytes, since: now) }
    }

    /// Whether the holder's lease expired at least the grace ago.
    ///
    /// The lease must also have been observed for the grace, so that a machine that wakes up does not treat its own processes as
    /// stopped. A lease with a later end than any lease can have counts from when it was first observed.
    package func mayOvertake(at now: SessionInstant) -> Bool {
        guard let seen, now - seen.since >= grace else { return false }
        let longest = seen.since + length
        let end = Lease(seen.bytes).map { min(SessionInstant(nanoseconds: $0.until), longest) } ?? longest
        return now >= end + grace
    }

    /// The bytes that were noted last; `nil` if none were.
    package var bytes: [UInt8]? { seen?.bytes }
}
