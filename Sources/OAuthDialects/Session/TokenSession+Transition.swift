extension TokenSession {
    /// Runs one transition of the machine under the lock, and does afterwards what it asks for.
    func transition<Result: Sendable>(
        _ body: (inout SessionCore, Moment, inout Effects) -> Result
    ) -> Result {
        let moment = Moment(clock)
        let (result, aftermath) = core.withLock { core in
            var effects = Effects()
            let before = core.state.flight?.id
            let result = body(&core, moment, &effects)
            return (result, settle(&core, effects, hasChanged: before != core.state.flight?.id))
        }
        aftermath.perform(telling: tell)
        if aftermath.hasChanged { hasChanged() }
        return result
    }

    /// Registers the caller with the machine, and waits if that is its answer.
    func wait(
        _ ask: @Sendable (inout SessionState, UInt64, Moment, inout Effects) -> SessionState.Answer
    ) async throws -> AccessToken {
        let id = core.withLock { $0.nextID() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Result<AccessToken, any Error>? = transition { core, moment, effects in
                    // Read under the lock: whoever cancels afterwards finds the continuation in its place.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    switch ask(&core.state, id, moment, &effects) {
                    case .token(let token):
                        return .success(token)
                    case .failure(let error):
                        return .failure(error)
                    case .wait:
                        core.continuations[id] = continuation
                        return nil
                    }
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let continuation = core.withLock { core in
                core.state.leave(id)
                return core.continuations.removeValue(forKey: id)
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func settle(_ core: inout SessionCore, _ effects: Effects, hasChanged: Bool) -> Aftermath {
        if let flight = effects.departure {
            // Detached: it belongs to the session, not to the caller that happened to start it.
            let task = Task.detached {
                await self.fly(flight)
                self.core.withLock { if $0.flight?.id == flight.id { $0.flight = nil } }
            }
            core.flight = (id: flight.id, task: task)
        }
        if let instant = effects.alarm { arm(&core, at: instant) }
        if core.state.waiters.isEmpty, core.state.nextAlarm == nil {
            core.alarm?.task.cancel()
            core.alarm = nil
        }
        var aftermath = Aftermath(events: effects.events)
        for (id, result) in effects.answers {
            if let continuation = core.continuations.removeValue(forKey: id) {
                aftermath.resumptions.append((continuation, result))
            }
        }
        aftermath.hasChanged = hasChanged || !effects.events.isEmpty
        if aftermath.hasChanged { aftermath.keepers = Array(core.keepers.values) }
        return aftermath
    }

    /// One timer for all who wait: it is moved forward, never back, and looks for itself what is due.
    private func arm(_ core: inout SessionCore, at instant: SessionInstant) {
        if let alarm = core.alarm, alarm.instant <= instant { return }
        core.alarm?.task.cancel()
        let task = Task.detached { [clock] in
            guard (try? await clock.sleep(until: instant)) != nil, !Task.isCancelled else { return }
            self.transition { core, moment, effects in
                if core.alarm?.instant == instant { core.alarm = nil }
                core.state.tick(at: moment, &effects)
            }
        }
        core.alarm = SessionCore.Alarm(instant: instant, task: task)
    }
}
