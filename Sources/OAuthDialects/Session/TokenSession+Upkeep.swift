extension TokenSession {
    /// Keeps the token fresh without callers, until its task is cancelled.
    ///
    /// It has the shape of a ServiceLifecycle service; graceful shutdown there does not cancel, so wrap it:
    /// `await cancelWhenGracefulShutdown { await session.run() }`.
    public func run() async { while !Task.isCancelled { await keepUp() } }

    /// Does what is due, and waits until something changes or is due again.
    private func keepUp() async {
        // A stream for each round: the stream that a cancelled task waited for has ended.
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = core.withLock { $0.nextID() }
        core.withLock { $0.upkeepListeners[id] = continuation }
        defer { core.withLock { _ = $0.upkeepListeners.removeValue(forKey: id) } }
        startUpkeep()
        await clock.wait(until: upkeep(at: clock.now).due, or: changes)
    }

    /// Starts what is due.
    func startUpkeep() { send(.upkeepDue) }

    /// Whether an operation goes on, and when upkeep has something to do.
    func upkeep(at now: SessionInstant) -> (isBusy: Bool, due: SessionInstant?) {
        core.withLock { ($0.machine.isBusy, $0.machine.nextUpkeep(at: now)) }
    }

    /// When callers begin to wait for a renewal; `nil` if there is no token, or it has no known end.
    var callersWaitFrom: SessionInstant? { core.withLock { $0.machine.held?.windows?.mandatory } }

    /// Whether nothing is lost with the session: its store has what it knows, and no one waits.
    package var isDisposable: Bool { core.withLock { $0.machine.isDisposable && $0.runs.isEmpty } }

    /// Waits until no operation goes on and what came is stored.
    package func settle() async {
        while let run = core.withLock({ $0.runs.values.first }), let task = run.task.withLock({ $0?.task }) {
            await task.value
            // A renewal that waits to try again goes on when the timer fires.
            let isWaiting = core.withLock { $0.runs[run.id] != nil } && run.task.withLock { $0?.task == task }
            if isWaiting, let alarm = core.withLock(\.alarm) { await alarm.task.value }
        }
    }
}

extension SessionClock {
    /// Waits until an instant or a change, whichever comes first.
    func wait(until due: SessionInstant?, or changes: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { return } }
            if let due { group.addTask { try? await sleep(until: due) } }
            await group.next()
            group.cancelAll()
        }
    }
}
