public import Foundation
public import OAuthDialects

/// A clock that stands still until a test moves it, for sessions, sandboxes and whatever else sleeps.
///
/// ```swift
/// let task = Task { try await session.accessToken() }
/// try await clock.waitForSleepers()                 // a fact, not a guess: something sleeps now
/// clock.advance(by: .seconds(10))                    // and is awake
/// ```
///
/// Its two times move together by ``advance(by:)``; ``setDate(_:)`` and ``moveDate(by:)`` move the wall clock alone, as a person
/// or a time server does.
public final class TestClock: SessionClock {
    private struct State: Watchable {
        var now = SessionInstant(nanoseconds: 0)
        var date: Date
        var sleepers = SleeperList()
        var watchers = WatcherList<[Duration]>()

        /// How long each sleeper still sleeps.
        var facts: [Duration] { sleepers.deadlines.map { $0 - now } }
    }

    private let state: Locked<State>

    /// Makes a clock that shows a wall date; 1 January 2026, midnight UTC, unless told.
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
                    // Read under the lock: whoever cancels afterwards finds the sleeper in its place.
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

    /// Lets time pass: moves both times, then wakes what is due, in the order of the deadlines.
    ///
    /// A task that wakes sees the time after the move; what it sleeps for next is counted from there.
    public func advance(by duration: Duration) {
        let due = state.change { state in
            state.now = state.now + duration
            state.date.addTimeInterval(duration / .seconds(1))
            return state.sleepers.removeDue(at: state.now)
        }
        for sleeper in due { sleeper.resume() }
    }

    /// Sets the wall clock alone; nothing wakes, because nothing sleeps by it.
    public func setDate(_ date: Date) {
        state.withLock { $0.date = date }
    }

    /// Moves the wall clock alone, backwards if the duration is negative.
    public func moveDate(by duration: Duration) {
        state.withLock { $0.date.addTimeInterval(duration / .seconds(1)) }
    }

    /// How long each sleeper still sleeps, the shortest first.
    public var sleepers: [Duration] { state.withLock { $0.facts } }

    /// Waits until so many tasks sleep at least.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleepers(_ count: Int = 1) async throws {
        try await waitForSleepers { $0.count >= count }
    }

    /// Waits until somebody sleeps whom ``advance(by:)`` with this duration would wake.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleeper(within duration: Duration) async throws {
        try await waitForSleepers { $0.first.map { $0 <= duration } ?? false }
    }

    /// Waits until the sleepers, each given as how long it still sleeps, the shortest first, are as a test wants them.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    public func waitForSleepers(where predicate: @escaping @Sendable ([Duration]) -> Bool) async throws {
        try await state.wait(where: predicate)
    }
}
