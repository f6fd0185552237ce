public import Foundation

/// The machine's own clocks.
///
/// The instant is `CLOCK_BOOTTIME` on Linux and `CLOCK_MONOTONIC` on Apple platforms, both of which go on while the machine
/// sleeps; they are read directly because a session's hot path is little more than this.
public struct SystemClock: SessionClock {
    #if canImport(Darwin)
    private static let source = CLOCK_MONOTONIC
    #else
    private static let source = CLOCK_BOOTTIME
    #endif

    /// Makes the clock.
    public init() {}

    public var now: SessionInstant {
        var time = timespec()
        unsafe clock_gettime(Self.source, &time)
        return SessionInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    public var date: Date { Date() }

    public func sleep(until instant: SessionInstant) async throws {
        try await TimerQueue.shared.sleep(until: instant)
    }
}

extension SessionClock where Self == SystemClock {
    /// The machine's own clocks.
    public static var system: SystemClock { SystemClock() }
}
