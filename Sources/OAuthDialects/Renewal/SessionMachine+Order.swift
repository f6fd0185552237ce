internal import Foundation

/// The order of an operation's stages: load credentials, read, lock, mark, exchange, save, answer.
extension SessionMachine {
    mutating func start(_ purpose: Operation.Purpose) {
        operations += 1
        let deadline = now + policy.renewalTimeout
        let operation = Operation(id: operations, purpose: purpose, startedAt: now, deadline: deadline)
        if operation.isRenewing { report(.renewalStarted(reason: operation.reasonText)) }
        go(operation, to: .loadingCredentials)
    }

    /// Starts what waits until the session is idle: the next sign-in, or a renewal for the callers who are left.
    mutating func startNext() {
        guard !isBusy else { return }
        if let (id, grant) = waiters.nextInTurn {
            start(.signIn(grant))
            waiters[id]?.purpose = .signIn
        } else if waiters.wantToken, holding.isSignedOut || pacer.isBlocked(at: now) {
            // Callers who came while a record was being saved are served no sooner than others.
            markSuspect()
            answerWithoutNews(blockedFailure) { !$0.isSignOut }
            startNext()
        } else if waiters.wantToken {
            start(.token(reasonToRenew))
        } else if let retryAt = unsaved.retryAt {
            // An operation that ended before it could save a record must not be started again at once.
            if retryAt > now {
                wake(at: retryAt)
            } else if let signOut = unsaved.signOut {
                start(.signOut(signOut))
            } else {
                saveLater()
            }
        }
    }

    /// Moves an operation to its next stage and has the step performed.
    mutating func go(_ operation: consuming Operation, to stage: Operation.Stage) {
        let deadline = deadline(of: stage, in: operation)
        operation.enter(stage, until: deadline)
        decision.steps.append(Step(id: operation.stepID, stage: stage))
        activity = .busy(operation)
        wake(at: deadline)
    }

    mutating func wait(_ operation: consuming Operation, until instant: SessionInstant) {
        operation.enter(.waiting, until: instant)
        activity = .busy(operation)
        wake(at: instant)
    }

    /// Ends an operation: its last step saves the record, if any, and releases the lock.
    mutating func finish(_ operation: consuming Operation, saving record: TokenRecord? = nil) {
        operation.enter(.finishing(record), until: now)
        decision.steps.append(Step(id: operation.stepID, stage: operation.stage))
        startNext()
    }

    /// The transport has timeouts of its own, and knows better than the machine whether anything was sent.
    private func deadline(of stage: Operation.Stage, in operation: borrowing Operation) -> SessionInstant {
        if operation.isLook { return now + Self.lookTimeout }
        return switch stage {
        case .exchanging, .revoking:
            (isGated ? max(operation.deadline, now) : now) + policy.exchangeLimits.timeout + .seconds(1)
        case .loadingCredentials, .reloadingCredentials, .makingGrant: now + policy.exchangeLimits.timeout
        default: now + policy.lockTimeout
        }
    }

    mutating func endStep(_ id: Step.ID, _ result: StepResult) {
        if case .finished(let failure) = result {
            // What was saved may be lost with the lock.
            if let failure { noteUnsaved(failure, .tokens) }
            return
        }
        guard let operation, operation.stepID == id else { return }
        // Moved out, so that nothing is copied; the next stage puts it back.
        activity = .idle
        var result = result
        if operation.stepDeadline == nil, case .failed = result { result = .failed(lateness(of: operation.stage)) }
        switch operation.purpose {
        case .signOut(let signOut): advanceSignOut(operation, signOut, result)
        case .look: advanceLook(operation, result)
        case .token, .signIn: advance(operation, result)
        }
    }

    private mutating func advance(_ operation: consuming Operation, _ result: StepResult) {
        switch (operation.stage, result) {
        case (.loadingCredentials, .loadedCredentials):
            go(operation, to: .reading)
        case (.reading, .read(let stored)):
            if !adopt(stored, for: operation) { go(operation, to: .locking) }
        case (.reading, .failed):
            go(operation, to: .locking)
        case (.locking, .locked(let stored)):
            operation.lock = .held
            if !adopt(stored, for: operation) { saveEarlier(operation) }
        case (.locking, .failed(let error)):
            goOnWithoutLock(operation, error)
        case (.savingEarlier, .overtaken(let stored, let error)), (.marking, .overtaken(let stored, let error)):
            goOnOvertaken(operation, by: stored, error)
        case (.savingEarlier, .saved):
            unsaved = .nothing
            attempt(operation)
        case (.savingEarlier, .failed(let error)):
            noteUnsaved(error)
            attempt(operation)
        case (.marking(let token, _), _):
            // A store that fails must not keep the token from being used.
            if case .failed(let error) = result { noteUnsaved(error) }
            go(operation, to: .exchanging(.refresh, .refreshToken(token)))
        case (.makingGrant, .madeGrant(let grant)):
            go(operation, to: .exchanging(.authenticate, grant))
        case (.makingGrant, .failed(let error)):
            read(.invalid(error), of: .authenticate, in: operation)
        case (.exchanging(let method, _), .exchanged(let outcome)):
            read(outcome, of: method, in: operation)
        case (.exchanging(let method, _), .failed(let error)):
            read(.failed(error, mayHaveArrived: true, isWorthRepeating: true), of: method, in: operation)
        case (.saving(let newTokens), .saved):
            unsaved = .nothing
            succeed(operation, newTokens)
        case (.saving(let newTokens), .overtaken(let stored, let error)):
            if adopt(stored, for: operation) { return report(.storeFailed(error)) }
            succeed(operation, newTokens, unsavedBecause: error)
        case (.saving(let newTokens), .failed(let error)):
            succeed(operation, newTokens, unsavedBecause: error)
        case (.reloadingCredentials, .loadedCredentials(areNew: true)):
            operation.skipped = []
            attempt(operation)
        case (.reloadingCredentials, _):
            fail(operation, lastFailure ?? Self.timedOut, .remember)
        case (_, .failed(let error)):
            fail(operation, error)
        default:
            fail(operation, Self.timedOut)
        }
    }

    private mutating func saveEarlier(_ operation: Operation) {
        if !unsaved.isNothing, unsaved.signOut == nil, let record, record.generation >= newestSeen {
            go(operation, to: .savingEarlier(stored(record)))
        } else {
            attempt(operation)
        }
    }

    /// Goes on although the store can't be used: a client authenticates; a refresh token is never sent unlocked.
    private mutating func goOnWithoutLock(_ operation: consuming Operation, _ error: TokenError) {
        report(.storeBusy(error))
        if !unsaved.isNothing { saveLater() }
        operation.lock = .unavailable(error)
        let isImport = if case .refreshToken = operation.signInGrant { true } else { false }
        if isImport || (operation.signInGrant == nil && !isClient) {
            fail(operation, error, .backOff(until: nil))
        } else {
            attempt(operation)
        }
    }

    /// Nothing was sent yet, so nothing is used up: the record of the process that took over counts if it works.
    private mutating func goOnOvertaken(
        _ operation: consuming Operation,
        by stored: TokenRecord?,
        _ error: TokenError
    ) {
        if let before = operation.standingBefore { holding.tokens?.record.refreshStanding = before }
        operation.standingBefore = nil
        if adopt(stored, for: operation) { report(.storeFailed(error)) } else { goOnWithoutLock(operation, error) }
    }

    /// Ends a wait, or has a step cancelled whose time is over; if it succeeds all the same, that counts.
    mutating func passTime(of operation: consuming Operation) {
        if operation.isWaiting {
            activity = .idle
            return attempt(operation)
        }
        decision.cancelled = operation.stepID
        operation.stepDeadline = nil
        activity = .busy(operation)
    }
}
