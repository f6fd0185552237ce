internal import Foundation

/// Until when the holder of a lock counts on holding it; it stands in the lock file.
///
/// The time is that of the clock that all processes of a machine share and that goes on while it sleeps.
package struct Lease: Codable, Equatable, Sendable {
    /// Nanoseconds on the machine's clock.
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

/// What somebody who waits for a lock has seen of its holder, and whether that is stopped: a stopped process keeps its lock.
package struct LeaseWatch: Sendable {
    private let length: Duration
    private let grace: Duration
    private var seen: (bytes: [UInt8], since: SessionInstant)?

    package init(length: Duration, grace: Duration) {
        self.length = length
        self.grace = grace
    }

    /// The lock was held, and this stood in its file.
    package mutating func note(_ bytes: [UInt8], at now: SessionInstant) {
        if seen?.bytes != bytes { seen = (bytes: bytes, since: now) }
    }

    /// Whether the holder's lease has been over for the whole grace.
    ///
    /// It has to be seen for the grace as well, so that a machine that wakes up does not take its own processes for stopped; a
    /// lease that is longer than leases are counts from when it was first seen.
    package func mayOvertake(at now: SessionInstant) -> Bool {
        guard let seen, now - seen.since >= grace else { return false }
        let longest = seen.since + length
        let end = Lease(seen.bytes).map { min(SessionInstant(nanoseconds: $0.until), longest) } ?? longest
        return now >= end + grace
    }

    /// What was seen last; `nil` before.
    package var bytes: [UInt8]? { seen?.bytes }
}
