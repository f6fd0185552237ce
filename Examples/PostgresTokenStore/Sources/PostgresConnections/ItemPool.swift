import OAuthDialects
import Synchronization

/// A fixed number of items, each used by one task at a time; waiting tasks get them in FIFO order.
package final class ItemPool<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item]
        var arrivals: UInt64 = 0
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Item?, any Error>)] = []
    }

    private let state: Mutex<State>
    private let clock: SystemClock = .system

    package init(_ items: [Item]) {
        state = Mutex(State(items: items))
    }

    /// Takes an item, or waits for one; the item that was returned last is taken first.
    ///
    /// - Returns: `nil` if there is none at that time.
    /// - Throws: `CancellationError` if the task is cancelled first.
    package func take(by instant: SessionInstant) async throws -> Item? {
        if let item = state.withLock({ $0.items.popLast() }) { return item }
        let id = state.withLock { state in
            state.arrivals += 1
            return state.arrivals
        }
        async let _: Void = giveUp(id, at: instant)
        return try await wait(id, until: instant)
    }

    package func put(_ item: Item) {
        let next = state.withLock { state -> CheckedContinuation<Item?, any Error>? in
            guard !state.waiting.isEmpty else {
                state.items.append(item)
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: item)
    }

    private func wait(_ id: UInt64, until instant: SessionInstant) async throws -> Item? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Item?, any Error>? = state.withLock { state in
                    // Checked under the lock: a cancellation or a timeout that comes later finds the continuation in the queue.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let item = state.items.popLast() { return .success(item) }
                    if clock.now >= instant { return .success(nil) }
                    state.waiting.append((id: id, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            leave(id)?.resume(throwing: CancellationError())
        }
    }

    private func giveUp(_ id: UInt64, at instant: SessionInstant) async {
        guard (try? await clock.sleep(until: instant)) != nil else { return }
        leave(id)?.resume(returning: nil)
    }

    private func leave(_ id: UInt64) -> CheckedContinuation<Item?, any Error>? {
        state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
        }
    }
}
