internal import OAuthDialects

/// A state that tasks can wait on: for its facts to be as they want them, never for time.
protocol Watchable: SendableMetatype {
    associatedtype Facts
    var facts: Facts { get }
    var watchers: WatcherList<Facts> { get set }
}

extension Watchable {
    /// Takes out the watchers whose facts have come about; they are resumed once the lock is given back.
    mutating func settle() -> WatcherList<Facts>.Met {
        if watchers.isEmpty { return .none }
        let facts = facts
        return watchers.met(by: facts)
    }
}

extension Locked where Value: Watchable {
    /// Changes the state, then resumes those who waited for what it is now.
    @discardableResult
    func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, met) = withLock { state in
            let result = body(&state)
            return (result, state.settle())
        }
        met.resume()
        return result
    }

    /// Waits until the facts are as they are wanted.
    func wait(where predicate: @escaping @Sendable (Value.Facts) -> Bool) async throws {
        let id = withLock { $0.watchers.nextID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<Void, any Error>? = withLock { state in
                    // Read under the lock: whoever cancels afterwards finds the watcher in its place.
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
