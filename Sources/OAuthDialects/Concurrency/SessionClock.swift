public import Foundation

/// The two times that a session needs: a monotonic one for decisions, and the wall clock for stores and display.
public protocol SessionClock: Sendable {
    /// A monotonic instant that continues while the machine sleeps.
    var now: SessionInstant { get }

    /// The date by the wall clock, for what is stored and shown.
    var date: Date { get }

    /// Waits until an instant.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until instant: SessionInstant) async throws
}
