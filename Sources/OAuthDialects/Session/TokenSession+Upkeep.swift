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
        await clock.rest(until: due, or: changes)
    }

    /// Begins what is due.
    func startUpkeep() {
        transition { core, moment, effects in core.state.keepUp(at: moment, &effects) }
    }

    /// Whether an exchange is in the air, and when there is something to keep up again.
    func upkeep(at now: SessionInstant) -> (isFlying: Bool, due: SessionInstant?) {
        core.withLock { ($0.state.flight != nil, $0.state.nextUpkeep(at: now)) }
    }

    /// Whether nothing is lost with it: what it knows is in its store, and nobody waits.
    package var isDisposable: Bool { core.withLock { $0.state.isDisposable && $0.flight == nil } }

    /// Waits until nothing is in the air and what came is stored.
    func settle() async {
        while let task = core.withLock({ $0.flight?.task }) { await task.value }
    }
}

extension SessionClock {
    /// Waits until an instant or until something changes, whichever comes first.
    func rest(until due: SessionInstant?, or changes: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { return } }
            if let due { group.addTask { try? await sleep(until: due) } }
            await group.next()
            group.cancelAll()
        }
    }
}
