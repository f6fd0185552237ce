/// A look at the store, and at the credentials: what a session does for callers while it may not renew.
extension SessionMachine {
    /// Waits for a look at the store of a session that was signed out: another process may have signed in again.
    mutating func lookForSignIn(_ id: Waiters.ID, timeout: Duration) {
        let mayLook = operation?.isLook ?? (unsaved.signOut == nil && pacer.takeLook(at: now))
        if mayLook { waitOrLook(id, timeout: timeout) } else { answer(id, .failure(Self.signedOut)) }
    }

    /// Waits for what goes on, or for a look that starts.
    mutating func waitOrLook(_ id: Waiters.ID, timeout: Duration) {
        if !isBusy { start(.look) }
        let longest = operation?.isLook == true ? min(timeout, Self.lookTimeout) : timeout
        wait(id, for: .token(until: now + timeout), until: now + longest)
    }

    /// A look that finds other credentials or a newer record ends the memory of a refusal: a renewal follows.
    mutating func advanceLook(_ operation: consuming Operation, _ result: StepResult) {
        switch (operation.stage, result) {
        case (.loadingCredentials, .loadedCredentials(let areNew)):
            if areNew { pacer.forgetRefusals() }
            return go(operation, to: .reading)
        case (.loadingCredentials, .failed):
            // The store can be read with those that are known.
            return go(operation, to: .reading)
        case (_, .read(let stored)):
            let generation = record?.generation
            if adopt(stored, for: operation) { return }
            if record?.generation != generation { pacer.forgetRefusals() }
        default:
            break
        }
        if isDead, !canRenew(at: now) { answerWithoutNews(blockedFailure) { $0.wantsToken } }
        finish(operation)
    }

    /// What callers get for whom nothing is started.
    var blockedFailure: TokenError {
        if holding.isSignedOut { return Self.signedOut }
        return (lastFailure ?? Self.pausedByProvider).retrying(at: pacer.blockedUntil.map(moment.date(of:)))
    }

    /// How long callers wait for a look at the store.
    static let lookTimeout = Duration.seconds(1)

    /// A record of another process was adopted meanwhile, which takes nothing back of what the provider asked for.
    private static let pausedByProvider = TokenError(
        .unavailable,
        "The provider has asked for a pause before the next token request.",
        isTransient: true
    )
}
