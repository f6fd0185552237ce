public import Foundation
public import OAuthDialects

/// A clock for sessions and sandboxes that stands still until a test moves it.
///
/// ```swift
/// let task = Task { try await session.accessToken() }
/// try await clock.waitForSleepers()                 // a task sleeps now
/// clock.advance(by: .seconds(10))                    // and wakes
/// ```
///
/// ``advance(by:)`` moves the monotonic and the wall clock together; ``setDate(_:)`` and ``moveDate(by:)`` move only the wall
/// clock, as a user or a time server does.
public final class TestClock: SessionClock {
    private struct State: Watchable {
        var now = SessionInstant(nanoseconds: 0)
        var date: Date
        var sleepers = SleeperList()
        var watchers = WatcherList<[Duration]>()

        /// The remaining time of each sleeper.
        var facts: [Duration] { sleepers.deadlines.map { $0 - now } }
    }

    private let state: Locked<State>

    /// Creates a clock with a wall date, by default January 1, 2026, midnight UTC.
    public init(date: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Locked(State(date: date))
    }

    public var now: SessionInstant { state.withLock { $0.now } }
    public var date: Date { state.withLock { $0.date } }

    public func sleep(until instant: SessionInstant) async throws {
        let id = state.withLock { $0.sleepers.nextID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Void, any Error>? = state.change { state in
                    // Read under the lock: a later cancellation finds the sleeper.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if instant <= state.now { return .success(()) }
                    state.sleepers.add(id, until: instant, continuation)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            state.change { $0.sleepers.remove(id) }?.resume(throwing: CancellationError())
        }
    }

    /// Moves both clocks, then wakes the sleepers that are due, in the order of their deadlines.
    ///
    /// A task that wakes sees the new time, and sleeps again from there.
    public func advance(by duration: Duration) {
        let due = state.change { state in
            state.now = state.now + duration
            state.date.addTimeInterval(duration / .seconds(1))
            return state.sleepers.removeDue(at: state.now)
        }
        for sleeper in due { sleeper.resume() }
    }

    /// Sets only the wall clock; nothing wakes, because sleeping uses the monotonic clock.
    public func setDate(_ date: Date) {
        state.withLock { $0.date = date }
    }

    /// Moves only the wall clock, backward if the duration is negative.
    public func moveDate(by duration: Duration) {
        state.withLock { $0.date.addTimeInterval(duration / .seconds(1)) }
    }

    /// The remaining time of each sleeper, the shortest first.
    public var sleepers: [Duration] { state.withLock { $0.facts } }

    /// Waits until at least this many tasks sleep.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleepers(_ count: Int = 1) async throws {
        try await waitForSleepers { $0.count >= count }
    }

    /// Waits until a task sleeps that ``advance(by:)`` with this duration would wake.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleeper(within duration: Duration) async throws {
        try await waitForSleepers { $0.first.map { $0 <= duration } ?? false }
    }

    /// Waits until the remaining times of the sleepers, the shortest first, satisfy a condition.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleepers(where predicate: @escaping @Sendable ([Duration]) -> Bool) async throws {
        try await state.wait(where: predicate)
    }
}
