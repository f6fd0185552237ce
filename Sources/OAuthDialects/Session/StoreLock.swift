/// The store's lock, held by a task of its own, so that a step that hangs can't keep it.
final class StoreLock: Sendable {
    private struct State {
        var holder: Task<Void, Never>?
        var isTaken = false
        var failure: (any Error)?
    }

    private let state = Locked(State())
    private let update = Race<StoreUpdate>()
    private let release = Race<Void>()

    /// Waits for the lock; `start` starts the task that holds it.
    ///
    /// - Throws: what the store throws; `CancellationError` at once if the task is cancelled. A lock that comes after that is
    ///   released.
    func take(
        from store: any TokenStore,
        for key: SessionKey,
        start: (@escaping @Sendable @concurrent () async -> Void) -> Task<Void, Never>
    ) async throws -> StoreUpdate {
        let holder = start { await self.hold(store, key) }
        state.withLock { $0.holder = holder }
        return try await withTaskCancellationHandler {
            try await update.value
        } onCancel: {
            if update.end(.failure(CancellationError())) { holder.cancel() }
        }
    }

    /// Saves under the lock.
    func save(_ record: TokenRecord) async throws {
        try await update.value.save(record)
    }

    /// Releases the lock, if it was taken, and waits until the store has done so.
    func end() async throws {
        let (holder, isTaken) = state.withLock { ($0.holder, $0.isTaken) }
        guard let holder, isTaken else { return }
        release.end(.success(()))
        await holder.value
        if let error = state.withLock({ $0.failure }) { throw error }
    }

    private func hold(_ store: any TokenStore, _ key: SessionKey) async {
        do {
            try await store.update(key) { [self] update in
                state.withLock { $0.isTaken = true }
                guard self.update.end(.success(update)) else { return }
                _ = try? await release.value
            }
            update.end(.failure(Self.idle))
        } catch {
            state.withLock { $0.failure = error }
            update.end(.failure(error))
        }
    }

    private static let idle = TokenError(.storeFailed, "The token store did not run the update.", isTransient: true)
}
