public import Foundation

/// The two times a session needs: one that no one can set, and one that people and stores understand.
public protocol SessionClock: Sendable {
    /// An instant that only grows, goes on while the machine sleeps, and decides everything in process.
    var now: ContinuousClock.Instant { get }

    /// The wall date, for what is stored and shown.
    var date: Date { get }

    /// Waits until an instant.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until instant: ContinuousClock.Instant) async throws
}

/// The machine's own clocks.
public struct SystemClock: SessionClock {
    /// Makes the clock.
    public init() {}

    public var now: ContinuousClock.Instant { ContinuousClock.now }
    public var date: Date { Date() }

    public func sleep(until instant: ContinuousClock.Instant) async throws {
        try await Task.sleep(until: instant, clock: .continuous)
    }
}

extension SessionClock where Self == SystemClock {
    /// The machine's own clocks.
    public static var system: SystemClock { SystemClock() }
}
