import OAuthDialects

/// The I/O of each step.
extension World {
    /// When a step under way ends; a step that waits for the lock ends when the lock is free.
    func due(_ run: Run) -> SessionInstant? {
        guard let task = run.task else { return nil }
        let needsLock = task.step.stage.isLocking && task.cancellation == nil
        if needsLock, !store.isFree, store.weather != .cannotLock { return nil }
        return task.due
    }

    mutating func begin(_ step: SessionMachine.Step, _ index: Int) {
        var takes: Duration = slowness == 0 ? .zero : .seconds(slowness * 0.2 * fraction())
        if isStalling, happens(oneIn: 4) { takes = .seconds(60 * fraction()) }
        let isEndless = isStalling && happens(oneIn: 8) && !step.stage.isFinishing
        var exchange: Run.Exchange?
        if case .exchanging(let method, let grant) = step.stage {
            let sent = departure(of: method, grant, index)
            takes = min(.seconds(sent.takes), scenario.policy.exchangeLimits.timeout)
            exchange = sent
        }
        runs[index].task = Run.Task(step: step, due: isEndless ? nil : now + takes, exchange: exchange)
    }

    mutating func result(of task: Run.Task, _ index: Int) -> SessionMachine.StepResult {
        switch task.step.stage {
        case .loadingCredentials:
            return isSourceFailing ? .failed(Self.sourceFailure) : .loadedCredentials(areNew: false)
        case .reloadingCredentials:
            if isSourceFailing { return .failed(Self.sourceFailure) }
            let areNew = runs[index].hasOldSecret
            runs[index].hasOldSecret = false
            return .loadedCredentials(areNew: areNew)
        case .makingGrant:
            return isSourceFailing ? .failed(Self.sourceFailure) : .madeGrant(.clientCredentials())
        case .reading:
            return store.weather == .cannotLock ? .failed(Self.storeFailure) : .read(store.record)
        case .locking:
            guard store.isFree, store.weather != .cannotLock else { return .failed(Self.storeFailure) }
            takeLock(index)
            return .locked(store.record)
        case .savingEarlier, .marking, .saving, .savingTombstone:
            if isOvertaken(index) {
                if let record = task.step.stage.record { oracle.couldNotSave(record) }
                return .overtaken(by: store.record, Self.overtaken)
            }
            return save(task, index) ? .saved : .failed(Self.storeFailure)
        case .exchanging:
            return .exchanged(arrive(task, index))
        case .revoking:
            return .revoked(weather == .fine ? .revoked : .failed)
        case .finishing(let record):
            let isSaved = record == nil || (!isOvertaken(index) && save(task, index))
            if runs[index].holdsLock, store.holder == runs[index].id { store.holder = nil }
            let isReleased = store.weather != .changing || !happens(oneIn: 3)
            return .finished(isSaved && isReleased ? nil : Self.storeFailure)
        case .waiting:
            return .failed(Self.storeFailure)
        }
    }

    private mutating func takeLock(_ index: Int) {
        runs[index].holdsLock = true
        store.holder = runs[index].id
    }

    /// Whether another process has taken the lock from the operation.
    private func isOvertaken(_ index: Int) -> Bool { runs[index].holdsLock && store.holder != runs[index].id }

    /// - Returns: whether the record is stored now.
    private mutating func save(_ task: Run.Task, _ index: Int) -> Bool {
        guard let record = task.step.stage.record else { return false }
        let fails = store.weather == .cannotSave || (store.weather == .changing && happens(oneIn: 3))
        let old = store.record
        let isSaved = store.save(record, fails: fails || store.holder != runs[index].id)
        note("    \(isSaved ? "saved" : "NOT saved") \(record) with \(record.accessToken?.revealed ?? "no token")")
        oracle.saved(record, isSaved: isSaved, over: old, by: runs[index].history, task)
        return isSaved
    }

    /// The machine cancels the running step, which ends within a second or is abandoned.
    mutating func cancel(_ id: SessionMachine.Step.ID) {
        guard let index = runs.firstIndex(where: { $0.task?.step.id == id }) else {
            return oracle.fail("only a running step is cancelled", "operation \(id.operation) performs another")
        }
        if runs[index].task?.cancellation != nil { oracle.fail("a step is cancelled once", "\(id.operation)") }
        let cancellation: Run.Cancellation = happens(oneIn: 2) ? .isIgnored : happens(oneIn: 2) ? .ends : .fails
        let due = now + .seconds(cancellation == .isIgnored ? 1 : fraction())
        runs[index].task?.cancellation = cancellation
        runs[index].task?.due = due
    }

    /// A step that was cancelled fails, and may have had its effect.
    mutating func failure(of task: Run.Task, _ index: Int) -> SessionMachine.StepResult {
        switch task.step.stage {
        case .exchanging:
            var task = task
            if happens(oneIn: 2) { process(&task) }
            if let exchange = task.exchange {
                oracle.arrives(Self.lostOutcome, of: exchange, in: runs[index].history, at: now)
            }
            return .exchanged(Self.lostOutcome)
        case .savingEarlier, .marking, .saving, .savingTombstone:
            let isSaved = happens(oneIn: 2) && !isOvertaken(index) && save(task, index)
            if !isSaved, let record = task.step.stage.record { oracle.couldNotSave(record) }
        default: break
        }
        return .failed(Self.storeFailure)
    }

    /// The machine goes on without a step that was cancelled, and which ends later or never.
    mutating func giveUp(_ task: Run.Task, _ index: Int) {
        note("    abandons \(caseName(task.step.stage))")
        let failure = failure(of: task, index)
        if task.step.stage.isLocking, store.isFree, happens(oneIn: 2) { takeLock(index) }
        oracle.ends(task.step.stage, failure, of: &runs[index], store)
        let result: SessionMachine.StepResult =
            switch task.step.stage {
            case .exchanging: .exchanged(lateOutcome(of: task))
            case .locking: .locked(store.record)
            case .reading: .read(store.record)
            case .makingGrant: .madeGrant(.clientCredentials())
            case .revoking: .revoked(.revoked)
            case .loadingCredentials, .reloadingCredentials: .loadedCredentials(areNew: true)
            default: .saved
            }
        if happens(oneIn: 2) {
            lateResults.append(LateResult(id: task.step.id, due: now + .seconds(20 * fraction()), result: result))
        }
    }

    static let storeFailure = TokenError(.storeFailed, "The store failed.", isTransient: true)
    private static let overtaken = TokenError(.storeBusy, "Another process took the lock over.", isTransient: true)
    private static let sourceFailure = TokenError(.invalidCredentials, "The source failed.", isTransient: true)
}
