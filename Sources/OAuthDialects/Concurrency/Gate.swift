/// Lets one task through at a time, in FIFO order; a task that is cancelled while it waits leaves at once.
package final class Gate: Sendable {
    private struct State {
        var isTaken = false
        var arrivals: UInt64 = 0
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let state = Locked(State())

    package init() {}

    /// Waits until the gate is free, and takes it.
    ///
    /// - Throws: `CancellationError` if the task is cancelled first.
    package func enter() async throws {
        let id = state.withLock { state in
            state.arrivals += 1
            return state.arrivals
        }
        try await withCancellableContinuation { continuation in
            state.withLock { state in
                if Task.isCancelled { return .failure(CancellationError()) }
                if state.isTaken {
                    state.waiting.append((id: id, continuation: continuation))
                    return nil
                }
                state.isTaken = true
                return .success(())
            }
        } remove: {
            self.state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
        }
    }

    /// Frees the gate for the next in line.
    package func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            if state.waiting.isEmpty {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
