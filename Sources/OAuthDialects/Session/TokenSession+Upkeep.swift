extension TokenSession {
    /// Keeps the token fresh without callers, until its task is cancelled.
    ///
    /// It has the shape of a ServiceLifecycle service; graceful shutdown there does not cancel, so wrap it:
    /// `await cancelWhenGracefulShutdown { await session.run() }`.
    public func run() async {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = core.withLock { core in
            let id = core.nextID()
            core.keepers[id] = continuation
            return id
        }
        defer { core.withLock { _ = $0.keepers.removeValue(forKey: id) } }
        while !Task.isCancelled {
            let due = transition { core, moment, effects in
                core.state.keepUp(at: moment, &effects)
                return core.state.nextUpkeep(at: moment.now)
            }
            await rest(until: due, or: changes)
        }
    }

    private func rest(until due: SessionInstant?, or changes: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { [clock] group in
            group.addTask { for await _ in changes { return } }
            if let due { group.addTask { try? await clock.sleep(until: due) } }
            await group.next()
            group.cancelAll()
        }
    }
}
