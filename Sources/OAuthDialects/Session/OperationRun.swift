/// An operation whose steps are being performed.
///
/// The store's lock is held by a task of its own, so that a step that hangs can't keep it.
final class OperationRun: Sendable {
    private struct Lock {
        var holder: Task<Void, Never>?
        var isTaken = false
        var failure: (any Error)?
    }

    let id: Operation.ID
    /// When its requests stop waiting for a free connection.
    let deadline: SessionInstant
    /// The client's credentials, once their source has answered.
    let client = Locked<ClientCredentials?>(nil)
    /// The task that performs its steps; a step that follows a cancelled one gets a task of its own.
    let task = Locked<(task: Task<Void, Never>, isCancelled: Bool)?>(nil)
    private let lock = Locked(Lock())
    private let update = Race<StoreUpdate>()
    private let release = Race<Void>()

    init(_ id: Operation.ID, deadline: SessionInstant) { (self.id, self.deadline) = (id, deadline) }

    /// Waits for the store's lock; `start` starts the task that holds it.
    ///
    /// - Throws: what the store throws; `CancellationError` at once if the task is cancelled: then a lock that comes later is
    ///   released.
    func takeLock(
        of store: any TokenStore,
        for key: SessionKey,
        start: (@escaping @Sendable @concurrent () async -> Void) -> Task<Void, Never>
    ) async throws -> StoreUpdate {
        let holder = start { await self.holdLock(of: store, for: key) }
        lock.withLock { $0.holder = holder }
        return try await withTaskCancellationHandler {
            try await update.value
        } onCancel: {
            if update.end(.failure(CancellationError())) { holder.cancel() }
        }
    }

    /// Saves under the lock.
    func save(_ record: TokenRecord) async throws { try await update.value.save(record) }

    /// Releases the lock, if it was taken, and waits until the store has done so.
    func releaseLock() async throws {
        let (holder, isTaken) = lock.withLock { ($0.holder, $0.isTaken) }
        guard let holder, isTaken else { return }
        release.end(.success(()))
        await holder.value
        if let error = lock.withLock(\.failure) { throw error }
    }

    private func holdLock(of store: any TokenStore, for key: SessionKey) async {
        do {
            try await store.update(key) { [self] update in
                lock.withLock { $0.isTaken = true }
                guard self.update.end(.success(update)) else { return }
                _ = try? await release.value
            }
            let error = TokenError(.storeFailed, "The token store did not run the update.", isTransient: true)
            update.end(.failure(error))
        } catch {
            lock.withLock { $0.failure = error }
            update.end(.failure(error))
        }
    }
}
