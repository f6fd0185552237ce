import OAuthDialects

/// The order of steps, as the shell is told to perform them.
extension Oracle {
    /// An operation starts because of an event, and has a reason that can be seen from outside.
    mutating func starts(_ run: inout Run, after event: SessionMachine.Event, isAlone: Bool, isRequested: Bool) {
        switch event {
        case .renewalRequested: run.history.isRequested = true
        case .stepEnded where isRequested, .stepAbandoned where isRequested: run.history.isRequested = true
        case .tokenRequested, .upkeepDue, .timerFired, .stepEnded:
            run.history.isByTime = newest != nil && !isRejectionKnown && !hasRival && run.history.signIn == nil
        default: break
        }
        if case .timerFired = event, isAlone, !mustSave, !mustBury, !isDateMoved {
            fail("nothing starts without a reason", "the timer starts operation \(run.id)")
        }
    }

    mutating func begins(_ step: SessionMachine.Step, of run: inout Run) {
        if let task = run.task {
            fail("one step at a time", "\(caseName(step.stage)) begins while \(caseName(task.step.stage)) goes on")
        }
        if run.history.isFinishing { fail("finishing comes last", "\(caseName(step.stage)) comes after it") }
        // A sign-out that takes over a look goes on with those of an earlier operation, as the look does.
        if !run.history.hasCredentials, !run.history.isFenced { checkFirst(step.stage, run.history) }
        checkSave(step.stage, run)
        if run.history.isFenced || run.history.isSignOut { checkSigningOut(step.stage, run.history) }
        switch step.stage {
        case .reading: if run.history.hasRead { fail("reading", "twice in one operation") }
        case .locking:
            if run.holdsLock { fail("locking", "the operation has the lock") }
            let isSignOut = run.history.isSignOut || run.history.isFenced
            if !isSignOut, !run.history.hasRead { fail("the store is read before its lock is awaited", "it is not") }
        case .exchanging(let method, let grant): checkExchange(method, grant, run)
        case .saving:
            isTrialEnded = false
            if run.history.newTokens == nil { fail("saving", "nothing has come") }
        case .savingEarlier(let record):
            if !mustSave && !isDateMoved || record.isTombstone {
                fail("nothing is saved without a reason", "\(record)")
            }
        case .waiting: fail("steps", "a wait is nothing to perform")
        // Its caller may be answered before it ends.
        case .revoking: hasRevoked = true
        case .finishing: run.history.isFinishing = true
        default: break
        }
    }

    private mutating func checkFirst(_ stage: Operation.Stage, _ history: Run.History) {
        switch stage {
        case .loadingCredentials, .reading, .finishing, .revoking: break
        default: fail("credentials come first", "\(caseName(stage)) begins without them")
        }
    }

    private mutating func checkSave(_ stage: Operation.Stage, _ run: Run) {
        guard let record = stage.record else { return }
        if !run.holdsLock { fail("nothing is saved without the lock", "\(record)") }
        if scenario.policy.refreshTokens != .use, record.refreshToken != nil {
            fail("refresh tokens are not stored", "\(record)")
        }
    }

    /// After a sign-out an operation replaces the record, revokes, and finishes.
    private mutating func checkSigningOut(_ stage: Operation.Stage, _ history: Run.History) {
        switch stage {
        case .savingTombstone(let record) where record.isTombstone: break
        case .revoking where history.hasTriedTombstone: break
        case .locking, .finishing(nil): break
        case .loadingCredentials where history.isSignOut: break
        default: fail("after signing out nothing goes on", caseName(stage))
        }
    }

    private mutating func checkExchange(
        _ method: Operation.Method,
        _ grant: Grant,
        _ run: Run
    ) {
        if !run.holdsLock, !run.history.isWithoutLock { fail("locked before sent", method.rawValue) }
        guard let refresh = grant.refreshText else { return }
        if !run.holdsLock { fail("no refresh token without the lock", refresh) }
        if method == .refresh, scenario.declared != .reusable, run.history.marked != refresh {
            fail("marked before sent", "nothing was saved about \(refresh)")
        }
    }

    mutating func ends(
        _ stage: Operation.Stage,
        _ result: SessionMachine.StepResult,
        of run: inout Run,
        _ store: ModelStore
    ) {
        var isSaved = false
        if case .saved = result { isSaved = true }
        switch stage {
        case .loadingCredentials:
            if case .loadedCredentials = result {
                run.history.hasCredentials = true
            } else {
                run.history.hasTriedTombstone = true
            }
        case .reading: run.history.hasRead = true
        case .locking:
            if case .failed = result { (run.history.isWithoutLock, run.history.hasTriedTombstone) = (true, true) }
            if case .locked(let stored?) = result, !stored.isTombstone, hasRival {
                run.history.hasTriedTombstone = true
            }
        case .savingEarlier:
            mustSave = !isSaved
            if case .overtaken = result { run.history.isWithoutLock = true }
        case .marking(let token, let record):
            let hasMark = record.refreshStanding.isSent
            if case .overtaken = result {
                run.history.isWithoutLock = true
            } else if hasMark {
                run.history.marked = token.value.revealed
            }
            if case .failed = result { mustSave = true }
        case .saving:
            // The trial of the token before says nothing of a new sign-in.
            mustSave = !isSaved || (isTrialEnded && run.history.signIn == nil)
        case .savingTombstone:
            run.history.hasTriedTombstone = true
            mustBury = !isSaved
        case .exchanging: if run.history.isWithoutLock, run.history.newTokens != nil { mustSave = true }
        case .finishing: finished(result, run, store)
        default: break
        }
    }

    /// What is known about a refresh token is stored before the lock is released.
    private mutating func finished(_ result: SessionMachine.StepResult, _ run: Run, _ store: ModelStore) {
        if case .finished(.some) = result, !isSignedOut { mustSave = true }
        guard case .finished(nil) = result, run.holdsLock, !isOvertaken, !mustSave, !run.history.isFenced else {
            return
        }
        guard let record = store.record, let refused = run.history.refused else { return }
        if record.refreshToken?.value.revealed == refused, record.refreshStanding.refusals == .none {
            fail("a refusal is stored", "\(record) of \(refused)")
        }
    }
}
