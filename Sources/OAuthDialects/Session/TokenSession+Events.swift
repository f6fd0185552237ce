/// Sends events to the machine, and carries out its decisions.
extension TokenSession {
    /// Sends an event to the machine and does what it decides.
    ///
    /// - Returns: the next step of `run`, for the task that performs its steps; every other step gets a task of its own.
    @discardableResult
    func send(_ event: SessionMachine.Event, of run: OperationRun? = nil) -> SessionMachine.Step? {
        let moment = Moment(clock)
        return perform(core.withLock { apply(handle(event, at: moment, &$0), to: &$0, of: run) }, at: moment)
    }

    /// Sends the event of a caller, and waits for its answer; a cancelled caller leaves at once.
    func wait(
        evenIfCancelled: Bool = false,
        for event: (Waiters.ID) -> SessionMachine.Event
    ) async throws -> SessionMachine.Decision.Answer {
        let id = core.withLock { $0.nextID() }
        let event = event(id)
        return try await withCancellableContinuation { continuation in
            let moment = Moment(clock)
            let effects = core.withLock { core -> Effects? in
                // Read under the lock: a caller who is cancelled later finds the continuation in its place.
                if Task.isCancelled { return nil }
                core.continuations[id] = continuation
                return apply(handle(event, at: moment, &core), to: &core, of: nil)
            }
            guard let effects else {
                if evenIfCancelled { send(event) }
                return .failure(CancellationError())
            }
            perform(effects, at: moment)
            return nil
        } remove: {
            guard let continuation = self.core.withLock({ $0.continuations.removeValue(forKey: id) }) else {
                return nil
            }
            self.send(.callerLeft(id))
            return continuation
        }
    }

    /// What a decision asks for outside the lock.
    private struct Effects: Sendable {
        let occurrences: [Occurrence]
        var step: SessionMachine.Step?
        var cancelled: Task<Void, Never>?
        var resumptions: [(SessionCore.Continuation, Result<SessionMachine.Decision.Answer, TokenError>)] = []
        var upkeepListeners: [AsyncStream<Void>.Continuation]?
    }

    private func apply(
        _ decision: SessionMachine.Decision,
        to core: inout SessionCore,
        of run: OperationRun?
    ) -> Effects {
        var effects = Effects(occurrences: decision.occurrences)
        for step in decision.steps {
            let isNext = step.id.operation == run?.id && run?.task.withLock { $0?.isCancelled } == false
            if isNext { effects.step = step } else { start(step, in: &core) }
        }
        if let id = decision.cancelled { effects.cancelled = cancel(id, in: &core) }
        if let instant = decision.wakeAt { setAlarm(at: instant, in: &core) }
        if core.machine.isQuiet {
            core.alarm?.task.cancel()
            core.alarm = nil
        }
        for (id, result) in decision.answers {
            guard let continuation = core.continuations.removeValue(forKey: id) else { continue }
            effects.resumptions.append((continuation, result))
        }
        if !decision.occurrences.isEmpty || decision.steps.contains(where: \.isLast) {
            effects.upkeepListeners = Array(core.upkeepListeners.values)
        }
        return effects
    }

    @discardableResult
    private func perform(_ effects: Effects, at moment: Moment) -> SessionMachine.Step? {
        for occurrence in effects.occurrences { tell(SessionEvent(occurrence, at: moment.date)) }
        for (continuation, result) in effects.resumptions {
            switch result {
            case .success: continuation.resume(with: result)
            case .failure(let error): continuation.resume(throwing: error.naming(dialect.name))
            }
        }
        effects.cancelled?.cancel()
        if let listeners = effects.upkeepListeners {
            for listener in listeners { listener.yield() }
            context.onChange?(self)
        }
        return effects.step
    }

    func tell(_ occurrence: Occurrence) { tell(SessionEvent(occurrence, at: clock.date)) }

    func tell(_ event: SessionEvent) {
        let hub = core.withLock(\.hub)
        guard hub != nil || context.onEvent != nil else { return }
        let event = event.naming(names)
        context.onEvent?(identity, event)
        hub?.send(event)
    }

    // MARK: Tasks

    private func start(_ step: SessionMachine.Step, in core: inout SessionCore) {
        let deadline = clock.now + policy.renewalTimeout
        let run = core.runs[step.id.operation] ?? OperationRun(step.id.operation, deadline: deadline)
        core.runs[run.id] = run
        let task = core.start { await self.perform(step, of: run) }
        run.task.withLock { $0 = (task, false) }
    }

    /// - Returns: the task to cancel; the step is abandoned if it has not ended a second later.
    private func cancel(_ id: SessionMachine.Step.ID, in core: inout SessionCore) -> Task<Void, Never>? {
        _ = core.start {
            // By the system's clock: a test's may jump ahead of the task that is cancelled.
            let clock = SystemClock()
            if (try? await clock.sleep(until: clock.now + .seconds(1))) != nil { self.send(.stepAbandoned(id)) }
        }
        return core.runs[id.operation]?.task.withLock { performer in
            performer?.isCancelled = true
            return performer?.task
        }
    }

    /// One timer for everyone who waits, only ever set earlier: if it fires too soon, the machine sets it again.
    private func setAlarm(at instant: SessionInstant, in core: inout SessionCore) {
        if let alarm = core.alarm, alarm.instant <= instant { return }
        core.alarm?.task.cancel()
        let task = core.start { [clock] in
            guard (try? await clock.sleep(until: instant)) != nil else { return }
            await clock.waitForArrivals(late: instant)
            guard !Task.isCancelled else { return }
            self.core.withLock { if $0.alarm?.instant == instant { $0.alarm = nil } }
            self.send(.timerFired)
        }
        core.alarm = (instant, task)
    }
}

extension SessionClock {
    /// After the process was stopped, gives what has arrived meanwhile a turn before the timer ends what waits for it.
    ///
    /// A test's clock jumps on purpose.
    fileprivate func waitForArrivals(late instant: SessionInstant) async {
        guard self is SystemClock, now - instant > .seconds(1) else { return }
        try? await sleep(until: now + .seconds(1))
    }
}

extension SessionMachine.Step {
    /// Whether the operation ends with it.
    fileprivate var isLast: Bool { if case .finishing = stage { true } else { false } }
}
