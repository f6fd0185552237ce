public import Foundation

/// The system's clocks.
///
/// The instant is `CLOCK_BOOTTIME` on Linux and `CLOCK_MONOTONIC` on Apple platforms, which both continue while the machine
/// sleeps. They are read directly because that is most of what a session's hot path does.
public struct SystemClock: SessionClock {
    #if canImport(Darwin)
    private static let source = CLOCK_MONOTONIC
    #else
    private static let source = CLOCK_BOOTTIME
    #endif

    package init() {}

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
    /// The system's clocks.
    public static var system: SystemClock { SystemClock() }
}
