/// Suspends the task until its continuation is resumed; a cancelled task leaves at once.
///
/// - Parameters:
///   - register: keeps the continuation where it will be resumed, or returns the answer if there is one already. It looks at
///     `Task.isCancelled` under the lock that `remove` takes, so that a task that is cancelled later is found there.
///   - remove: takes the continuation out again; `nil` if it was resumed.
/// - Returns: what the continuation is resumed with.
/// - Throws: what it is resumed with; `CancellationError` if the task is cancelled first.
func withCancellableContinuation<Value: Sendable>(
    _ register: (CheckedContinuation<Value, any Error>) -> Result<Value, any Error>?,
    remove: @escaping @Sendable () -> CheckedContinuation<Value, any Error>?
) async throws -> Value {
    try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            if let answer = register(continuation) { continuation.resume(with: answer) }
        }
    } onCancel: {
        remove()?.resume(throwing: CancellationError())
    }
}
