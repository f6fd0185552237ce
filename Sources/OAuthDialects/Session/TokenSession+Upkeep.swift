extension TokenSession {
    /// Keeps the token fresh without callers, until its task is cancelled.
    ///
    /// It has the shape of a ServiceLifecycle service; graceful shutdown there does not cancel, so wrap it:
    /// `await cancelWhenGracefulShutdown { await session.run() }`.
    public func run() async {
        while !Task.isCancelled { await keepUp() }
    }

    /// One round: does what is due, and rests until something changes or is due again.
    private func keepUp() async {
        // A stream of its own for each round: one that a cancelled task waited for has ended for good.
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = core.withLock { core in
            let id = core.nextID()
            core.keepers[id] = continuation
            return id
        }
        defer { core.withLock { _ = $0.keepers.removeValue(forKey: id) } }
        let due = transition { core, moment, effects in
            core.state.keepUp(at: moment, &effects)
            return core.state.nextUpkeep(at: moment.now)
        }
        await rest(until: due, or: changes)
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
