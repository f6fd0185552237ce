internal import OAuthDialects

/// A state on which tasks can wait until it satisfies a condition.
protocol Watchable: SendableMetatype {
    associatedtype Facts
    var facts: Facts { get }
    var watchers: WatcherList<Facts> { get set }
}

extension Watchable {
    /// Removes the watchers whose conditions are met; they are resumed outside the lock.
    mutating func settle() -> WatcherList<Facts>.Met {
        if watchers.isEmpty { return .none }
        let facts = facts
        return watchers.met(by: facts)
    }
}

extension Locked where Value: Watchable {
    /// Changes the state, then resumes the watchers whose conditions are met.
    @discardableResult
    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, met) = withLock { state in
            let result = body(&state)
            return (result, state.settle())
        }
        met.resume()
        return result
    }

    /// Waits until the state satisfies a condition.
    func wait(where predicate: @escaping @Sendable (Value.Facts) -> Bool) async throws {
        let id = withLock { $0.watchers.nextID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Void, any Error>? = withLock { state in
                    // Read under the lock: a later cancellation finds the watcher.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if predicate(state.facts) { return .success(()) }
                    state.watchers.add(id, continuation, predicate)
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            withLock { $0.watchers.remove(id) }?.resume(throwing: CancellationError())
        }
    }
}
