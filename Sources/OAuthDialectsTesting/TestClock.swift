public import Foundation
public import OAuthDialects

/// A clock that stands still until a test moves it, and wakes what sleeps in the order in which it is due.
public final class TestClock: SessionClock {
    private struct Sleeper {
        let instant: SessionInstant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = SessionInstant(nanoseconds: 0)
        var date: Date
        var sleepers: [UInt64: Sleeper] = [:]
        var sleeps: UInt64 = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Locked<State>

    /// Makes a clock that shows a wall date; 1 January 2026 unless told otherwise.
    public init(date: Date = Date(timeIntervalSince1970: 1_767_225_600)) {
        state = Locked(State(date: date))
    }

    public var now: SessionInstant { state.withLock { $0.now } }
    public var date: Date { state.withLock { $0.date } }

    /// How many tasks sleep.
    public var sleepers: Int { state.withLock { $0.sleepers.count } }

    /// Lets time pass on both clocks, and wakes everybody whose time has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            let now = state.now + duration
            state.now = now
            state.date += duration / .seconds(1)
            let due = state.sleepers.filter { $0.value.instant <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.sorted { ($0.value.instant, $0.key) < ($1.value.instant, $1.key) }.map(\.value.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    /// Sets the wall clock alone forward or back, as a person or a time server does.
    public func moveDate(by duration: Duration) {
        state.withLock { $0.date += duration / .seconds(1) }
    }

    /// Waits until at least so many tasks sleep.
    public func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count: count, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    public func sleep(until instant: SessionInstant) async throws {
        let id = state.withLock { state in
            state.sleeps += 1
            return state.sleeps
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                fallAsleep(id, until: instant, continuation)
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func fallAsleep(
        _ id: UInt64,
        until instant: SessionInstant,
        _ continuation: CheckedContinuation<Void, any Error>
    ) {
        let (result, watchers) = state.withLock {
            state -> (Result<Void, any Error>?, [CheckedContinuation<Void, Never>]) in
            if Task.isCancelled { return (.failure(CancellationError()), []) }
            if instant <= state.now { return (.success(()), []) }
            state.sleepers[id] = Sleeper(instant: instant, continuation: continuation)
            let count = state.sleepers.count
            let watchers = state.watchers.filter { $0.count <= count }.map(\.continuation)
            state.watchers.removeAll { $0.count <= count }
            return (nil, watchers)
        }
        if let result { continuation.resume(with: result) }
        for watcher in watchers { watcher.resume() }
    }
}
