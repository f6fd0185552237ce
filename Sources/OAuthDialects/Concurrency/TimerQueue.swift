internal import Dispatch

/// The timer that all sleepers on the system's clock share.
///
/// `Task.sleep` keeps about a kilobyte until its deadline even after it is cancelled, so that the timeouts of a minute of requests
/// would add up. This queue frees a cancelled sleeper at once.
package final class TimerQueue: Sendable {
    static let shared = TimerQueue()

    private struct State {
        var sleepers = DeadlineHeap<CheckedContinuation<Void, any Error>>()
        var ids: UInt64 = 0
        var armedFor: SessionInstant?
        let timer: any DispatchSourceTimer
    }

    /// The longest time between looks at the clock: Dispatch's timer pauses while the machine sleeps.
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

    /// The number of sleepers.
    package var count: Int { state.withLock { $0.sleepers.count } }

    package func sleep(until instant: SessionInstant) async throws {
        let id = state.withLock { state in
            state.ids += 1
            return state.ids
        }
        try await withCancellableContinuation { continuation in
            let now = clock.now
            return state.withLock { state in
                if Task.isCancelled { return .failure(CancellationError()) }
                if instant <= now { return .success(()) }
                state.sleepers.add(continuation, id: id, until: instant)
                Self.arm(&state, at: now)
                return nil
            }
        } remove: {
            self.state.withLock { $0.sleepers.remove(id) }
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

    /// Moves the timer to the next deadline, if that is sooner.
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
