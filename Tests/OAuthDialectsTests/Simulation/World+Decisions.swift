import OAuthDialects

/// What the shell does with an event and its decision.
extension World {
    /// Sends an event to the machine and does what it decides.
    mutating func send(_ event: SessionMachine.Event, of operation: Operation.ID? = nil, stored: TokenRecord? = nil) {
        let decision = handle(event)
        for occurrence in decision.occurrences { note("    \(caseName(occurrence))") }
        let history = runs.first { $0.id == operation }?.history
        let (newTokens, isSignIn) = (history?.newTokens, history?.signIn != nil)
        oracle.sawInLook(stored, of: history)
        oracle.saw(decision.occurrences, bringing: newTokens, adopting: stored, isSignIn: isSignIn, at: moment)
        if decision.occurrences.contains(where: \.isSignOut) { fence(isAdoption: stored != nil) }
        if let id = decision.cancelled { cancel(id) }
        begin(decision, after: event)
        if let instant = decision.wakeAt { alarm = min(alarm ?? instant, instant) }
        if machine.isQuiet { alarm = nil }
        let isOver = decision.steps.contains { $0.stage.isFinishing }
        if hasUpkeep, isOver || !decision.occurrences.isEmpty { upkeep = now }
        let hasFailed = decision.occurrences.contains { if case .renewalFailed = $0 { true } else { false } }
        for (waiter, result) in decision.answers { answer(waiter, result, isNews: hasFailed) }
    }

    /// Has the machine handle an event, and forgets the copy of the token as the session does.
    private mutating func handle(_ event: SessionMachine.Event) -> SessionMachine.Decision {
        let held = machine.held
        let decision = machine.handle(event, at: moment)
        if !HeldToken.isSame(held, machine.held) { copy = nil }
        return decision
    }

    /// A sign-in that finds a tombstone passes it; everything else ends.
    private mutating func fence(isAdoption: Bool) {
        for index in runs.indices where !isAdoption || runs[index].history.signIn == nil {
            runs[index].history.isFenced = true
            let history = runs[index].history
            runs[index].history.owesTombstone = !isAdoption && history.isWithoutLock && !history.isFinishing
            runs[index].task?.isBeforeSignOut = true
        }
    }

    /// Begins the steps of a decision, those of a new operation included.
    private mutating func begin(_ decision: SessionMachine.Decision, after event: SessionMachine.Event) {
        let answered = decision.answers.map(\.waiter)
        for step in decision.steps {
            if !runs.contains(where: { $0.id == step.id.operation }) {
                register(step.id.operation, after: event, answered)
            }
            guard let index = runs.firstIndex(where: { $0.id == step.id.operation }) else { return }
            oracle.begins(step, of: &runs[index])
            note("    \(step.id.operation): \(caseName(step.stage)) \(step.stage.record.map { "\($0)" } ?? "")")
            begin(step, index)
        }
        if runs.count(where: { !$0.history.isFinishing }) > 1 {
            oracle.fail("one operation at a time", "one begins beside another")
        }
    }

    private mutating func register(_ id: Operation.ID, after event: SessionMachine.Event, _ answered: [Waiters.ID]) {
        var run = Run(id)
        let previous = runs.firstIndex(where: \.history.owesTombstone)
        if let previous { runs[previous].history.owesTombstone = false }
        switch event {
        case .signOutRequested: run.history.isSignOut = true
        case _ where previous != nil: run.history.isSignOut = true
        case .tokenRequested, .tokenRejected:
            // Who asks a session that was signed out has it look at the store.
            break
        default:
            run.history.signIn = callers.filter { $0.value.isSignInWaiting && !answered.contains($0.key) }.keys.min()
            // Nothing else starts in a session that was signed out: the sign-out is tried again.
            run.history.isSignOut = oracle.isSignedOut && run.history.signIn == nil
        }
        if let waiter = run.history.signIn { callers[waiter]?.isStarted = true }
        let waiting = callers.filter { !answered.contains($0.key) }.values
        let isRequested = waiting.contains(where: \.wantsRenewal)
        oracle.starts(&run, after: event, isAlone: waiting.isEmpty, isRequested: isRequested)
        runs.append(run)
    }

    mutating func endStep(_ index: Int) {
        guard let task = runs[index].task else { return }
        runs[index].task = nil
        let id = runs[index].id
        if task.cancellation == .isIgnored {
            giveUp(task, index)
            return send(.stepAbandoned(task.step.id), of: id)
        }
        let result = task.cancellation == .fails ? failure(of: task, index) : result(of: task, index)
        note("    \(id): \(caseName(task.step.stage)) ends: \(caseName(result))")
        oracle.ends(task.step.stage, result, of: &runs[index], store)
        if case .finished = result { runs.remove(at: index) }
        send(.stepEnded(task.step.id, result), of: id, stored: result.stored)
    }

    /// The result of a step that was given up changes nothing.
    mutating func endLate(_ index: Int) {
        let late = lateResults.remove(at: index)
        note("    late: \(caseName(late.result))")
        let decision = handle(.stepEnded(late.id, late.result))
        let isNothing = decision.steps.isEmpty && decision.answers.isEmpty && decision.occurrences.isEmpty
        if !isNothing || decision.cancelled != nil {
            oracle.fail("a late result changes nothing", "\(caseName(late.result)) of operation \(late.id.operation)")
        }
    }
}

/// What a step that was given up brings in the end.
struct LateResult {
    let id: SessionMachine.Step.ID
    let due: SessionInstant
    let result: SessionMachine.StepResult
}

extension SessionMachine.StepResult {
    /// The record that was found in the store.
    fileprivate var stored: TokenRecord? {
        switch self {
        case .read(let record), .locked(let record), .overtaken(let record, _): record
        default: nil
        }
    }
}

extension Occurrence {
    var isSignOut: Bool { if case .signedOut = self { true } else { false } }
    var isSuccess: Bool { if case .renewalSucceeded = self { true } else { false } }
}

/// The name of a case, without what it holds.
func caseName(_ value: Any) -> String {
    Mirror(reflecting: value).children.first?.label ?? "\(value)"
}
