public import Foundation

/// The two times a session needs: one that no one can set, and one that people and stores understand.
public protocol SessionClock: Sendable {
    /// An instant that only grows, goes on while the machine sleeps, and decides everything in process.
    var now: SessionInstant { get }

    /// The wall date, for what is stored and shown.
    var date: Date { get }

    /// Waits until an instant.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until instant: SessionInstant) async throws
}
