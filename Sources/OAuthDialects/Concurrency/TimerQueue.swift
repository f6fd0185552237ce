internal import Dispatch

/// The one timer of a process for all who sleep by the system's clock.
///
/// `Task.sleep` keeps about a kilobyte until its time has come even if it was cancelled long before: a timeout for every
/// request would hold what a minute of traffic leaves behind. Here a sleeper that is cancelled is gone.
package final class TimerQueue: Sendable {
    static let shared = TimerQueue()

    private struct State {
        var sleepers = DeadlineHeap<CheckedContinuation<Void, any Error>>()
        var ids: UInt64 = 0
        var armedFor: SessionInstant?
        let timer: any DispatchSourceTimer
    }

    /// The longest time without a look at the clock: Dispatch's own stands still while the machine sleeps.
    private static let longest = Duration.seconds(60)

    private let state: Locked<State>
    private let clock = SystemClock()

    package init() {
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "OAuthDialects.TimerQueue"))
        state = Locked(State(timer: timer))
        state.withLock { state in
            state.timer.setEventHandler { [unowned self] in wake() }
            state.timer.activate()
        }
    }

    deinit {
        state.withLock { $0.timer.cancel() }
    }

    /// How many sleep.
    package var count: Int { state.withLock { $0.sleepers.count } }

    package func sleep(until instant: SessionInstant) async throws {
        let id = state.withLock { state in
            state.ids += 1
            return state.ids
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let now = clock.now
                let answer: Result<Void, any Error>? = state.withLock { state in
                    // Read under the lock: whoever cancels afterwards finds the sleeper in its place.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if instant <= now { return .success(()) }
                    state.sleepers.add(continuation, id: id, until: instant)
                    Self.arm(&state, at: now)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let continuation = state.withLock { $0.sleepers.remove(id) }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func wake() {
        let now = clock.now
        let due = state.withLock { state in
            let due = state.sleepers.removeDue(at: now)
            state.armedFor = nil
            Self.arm(&state, at: now)
            return due
        }
        for continuation in due { continuation.resume() }
    }

    /// Sets the timer to the next deadline, if that is sooner than what it is set to.
    private static func arm(_ state: inout State, at now: SessionInstant) {
        guard let first = state.sleepers.first else { return }
        let next = min(first, now + longest)
        if let armedFor = state.armedFor, armedFor <= next { return }
        state.armedFor = next
        let wait = max(next - now, .zero).components
        let nanoseconds = Int(wait.seconds) * 1_000_000_000 + Int(wait.attoseconds / 1_000_000_000)
        state.timer.schedule(deadline: .now() + .nanoseconds(nanoseconds), leeway: .milliseconds(1))
    }
}
