/// An instant of a ``SessionClock``: nanoseconds since a moment that is fixed while the process runs.
///
/// Sums saturate at the ends of the range, which is 292 years.
public struct SessionInstant: Sendable, Hashable, Comparable {
    /// The nanoseconds since the clock's own zero.
    public let nanoseconds: Int64

    /// Creates an instant.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static let distantPast = Self(nanoseconds: .min)
    package static let distantFuture = Self(nanoseconds: .max)

    public static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.nanoseconds < rhs.nanoseconds
    }

    /// The instant after a duration.
    package static func + (lhs: Self, rhs: Duration) -> Self {
        let (sum, isOver) = lhs.nanoseconds.addingReportingOverflow(rhs.clampedNanoseconds)
        return Self(nanoseconds: isOver ? (rhs < .zero ? .min : .max) : sum)
    }

    /// The instant before a duration.
    package static func - (lhs: Self, rhs: Duration) -> Self {
        lhs + .nanoseconds(rhs.clampedNanoseconds) * -1
    }

    /// The duration from the second instant to the first.
    package static func - (lhs: Self, rhs: Self) -> Duration {
        .nanoseconds(lhs.nanoseconds) - .nanoseconds(rhs.nanoseconds)
    }
}

extension Duration {
    fileprivate var clampedNanoseconds: Int64 {
        // Compared first: of a duration beyond 64 bits of seconds the components can't be read.
        if self >= .nanoseconds(Int64.max) { return .max }
        if self <= .nanoseconds(Int64.min) { return .min }
        return components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
