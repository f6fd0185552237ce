internal import Foundation

/// The end of a session: its tokens are forgotten at once, a tombstone replaces its record, and the provider revokes them.
///
/// It goes on without its caller, and is tried again until the tombstone is in the store.
extension SessionMachine {
    mutating func requestSignOut(_ id: Waiters.ID, isRevoking: Bool) {
        var signOut = operation?.signOut ?? unsaved.signOut ?? SignOut(isRevoking: false, requestedAt: moment.date)
        if isRevoking, !signOut.isRevoking { (signOut.isRevoking, signOut.result) = (true, nil) }
        (signOut.requestedAt, signOut.failures) = (moment.date, 0)
        if isRevoking, signOut.result == .failed { signOut.result = nil }
        if let record, !record.isTombstone { signOut.record = record }
        if operation?.signOut == nil {
            forgetTokens(leaving: makeTombstone(of: signOut))
            for (id, _) in waiters.take(where: { !$0.isSignOut }) { answer(id, .failure(Self.signedOut)) }
        }
        wait(id, for: .signOut, until: now + policy.renewalTimeout)
        // Takes over the running operation once its step has ended, or starts one.
        guard var operation else { return start(.signOut(signOut)) }
        operation.purpose = .signOut(signOut)
        if operation.isWaiting { replaceRecord(operation, signOut) } else { activity = .busy(operation) }
    }

    mutating func advanceSignOut(_ operation: consuming Operation, _ signOut: SignOut, _ result: StepResult) {
        var signOut = signOut
        switch (operation.stage, result) {
        case (.locking, .locked(let stored)):
            operation.lock = .held
            if leaves(stored, to: &signOut) { return revoke(operation, signOut) }
            replaceRecord(operation, signOut)
        case (.loadingCredentials, .failed(let error)), (.locking, .failed(let error)),
            (.savingTombstone, .failed(let error)), (.savingTombstone, .overtaken(_, let error)):
            signOut.storeFailure = error
            revoke(operation, signOut)
        case (.savingTombstone, _):
            signOut.storeFailure = nil
            revoke(operation, signOut)
        case (.revoking, .revoked(let result)):
            signOut.result = result
            end(operation, signOut)
        case (.revoking, _):
            signOut.result = .failed
            end(operation, signOut)
        default:
            note(result, of: operation.stage, in: &signOut)
            // A renewal's step may have saved a record with our tombstone's number: the next one is higher.
            newestSeen = max(newestSeen, generation)
            replaceRecord(operation, signOut)
        }
    }

    /// Tokens that arrive after the sign-out are not stored; they are those to revoke.
    private mutating func note(_ result: StepResult, of stage: Operation.Stage, in signOut: inout SignOut) {
        if case .saving(let new) = stage { signOut.record = new.tokens.record }
        guard case .exchanged(.tokens(let answer)) = result else { return }
        let isRefresh = if case .exchanging(.refresh, _) = stage { true } else { false }
        let refreshToken = answer.set.refreshToken ?? (isRefresh ? signOut.record?.refreshToken : nil)
        let extras = isRefresh ? signOut.record?.extras ?? [:] : [:]
        signOut.record = TokenRecord(
            generation: nextGeneration,
            id: "",
            accessToken: answer.set.accessToken,
            requestedAt: answer.sent.date,
            refreshToken: refreshToken,
            extras: extras.merging(answer.set.extras) { $1 },
            signIn: signOut.record?.signIn
        )
    }

    private mutating func replaceRecord(_ operation: consuming Operation, _ signOut: SignOut) {
        operation.purpose = .signOut(signOut)
        switch operation.lock {
        case .notTaken: go(operation, to: .locking)
        case .unavailable:
            // An operation can't ask for the lock twice.
            start(.signOut(signOut))
            finish(operation)
        case .held:
            let tombstone = makeTombstone(of: signOut)
            holding = .signedOut(tombstone)
            go(operation, to: .savingTombstone(tombstone))
        }
    }

    /// Revokes the tokens in hand, whatever the store did.
    private mutating func revoke(_ operation: consuming Operation, _ signOut: SignOut) {
        guard signOut.isRevoking, signOut.result == nil else { return end(operation, signOut) }
        operation.purpose = .signOut(signOut)
        go(operation, to: .revoking(signOut.record))
    }

    /// Answers those who wait once the tombstone is in the store, and tries again otherwise.
    private mutating func end(_ operation: Operation, _ signOut: SignOut) {
        var signOut = signOut
        let result = signOut.result ?? .notAsked
        if case .revoking = operation.stage, result == .refused || result == .failed {
            report(.revocationFailed(result))
        }
        if let failure = signOut.storeFailure {
            report(.storeFailed(failure))
            let pause = policy.backoff.lowerBound + pacer.pause(after: signOut.failures, random: &random)
            signOut.failures = min(signOut.failures + 1, 30)
            unsaved = .signOut(signOut, retryAt: now + pause)
            wake(at: now + pause)
        } else {
            unsaved = .nothing
            for (id, _) in waiters.take(where: \.isSignOut) { answer(id, .success(.signedOut(result))) }
        }
        finish(operation)
    }

    /// Whether the store's record is of a newer sign-in, which a late retry does not end; otherwise its tokens are revoked too if
    /// they are newer.
    private mutating func leaves(_ stored: TokenRecord?, to signOut: inout SignOut) -> Bool {
        guard let stored else { return false }
        newestSeen = max(newestSeen, stored.generation)
        if stored.isTombstone { return false }
        let isSame = stored.signIn?.id == signOut.record?.signIn?.id
        if signOut.failures > 0, !isSame, let signIn = stored.signIn, signIn.date > signOut.requestedAt {
            signOut.storeFailure = nil
            // Our tombstone was never stored: a caller who looks finds the sign-in newer than it.
            var tombstone = makeTombstone(of: signOut)
            (tombstone.generation, tombstone.requestedAt) = (stored.generation - 1, signOut.requestedAt)
            holding = .signedOut(tombstone)
            return true
        }
        let isNewer = stored.generation > signOut.record?.generation ?? 0
        if signOut.result == nil, isNewer { signOut.record = stored }
        return false
    }

    /// Newer than what is known here and than what is stored.
    private mutating func makeTombstone(of signOut: SignOut) -> TokenRecord {
        TokenRecord(
            generation: nextGeneration,
            id: random.hexadecimal(),
            accessToken: nil,
            requestedAt: moment.date,
            signIn: signOut.record?.signIn
        )
    }

    mutating func forgetTokens(leaving tombstone: TokenRecord) {
        holding = .signedOut(tombstone)
        unsaved = .nothing
        (lastFailure, failingSince, isSignInReported) = (nil, nil, false)
        pacer.clear()
        report(.signedOut)
    }
}
