internal import Foundation

/// The end of a session: its tokens are forgotten at once, a tombstone replaces its record, and the provider revokes them.
extension SessionMachine {
    mutating func requestSignOut(_ id: Waiters.ID, isRevoking: Bool) {
        var tokens = RevocableTokens(
            accessToken: held?.token.value,
            refreshToken: record?.refreshToken,
            generation: generation
        )
        var isRevoking = isRevoking
        if case .signOut(let earlier, let isRevokingEarlier) = operation?.purpose {
            (tokens, isRevoking) = (earlier, isRevoking || isRevokingEarlier)
        } else {
            forgetTokens(leaving: makeTombstone())
            answerAll(.failure(Self.signedOut))
        }
        wait(id, for: .signOut, timeout: policy.renewalTimeout * 2)
        takeOver(.signOut(tokens, isRevoking: isRevoking))
    }

    /// Continues the operation that goes on, with its lock and after its running step, or starts one.
    private mutating func takeOver(_ purpose: Operation.Purpose) {
        guard var operation else { return start(purpose) }
        operation.purpose = purpose
        if operation.isWaiting { replaceRecord(operation) } else { activity = .busy(operation) }
    }

    mutating func advanceSignOut(_ operation: consuming Operation, _ result: StepResult) {
        if case .locked(let stored) = result {
            operation.lock = .held
            note(stored, in: &operation)
        }
        switch (operation.stage, result) {
        case (.loadingCredentials, .failed(let error)), (.locking, .failed(let error)),
            (.savingTombstone, .failed(let error)), (.savingTombstone, .overtaken(_, let error)):
            end(operation, .failure(error))
        case (.savingTombstone, _):
            if case .signOut(let tokens, isRevoking: true) = operation.purpose {
                go(operation, to: .revoking(tokens))
            } else {
                end(operation, .success(.signedOut))
            }
        case (.revoking, _):
            end(operation, .success(.signedOut))
        default:
            // A renewal's step, which may have saved a record with the number of the first tombstone.
            newestSeen = max(newestSeen, generation)
            replaceRecord(operation)
        }
    }

    private mutating func replaceRecord(_ operation: Operation) {
        switch operation.lock {
        case .notTaken: go(operation, to: .locking)
        case .unavailable:
            // An operation asks for the lock once.
            start(operation.purpose)
            finish(operation)
        case .held:
            let tombstone = makeTombstone()
            holding = .signedOut(tombstone)
            go(operation, to: .savingTombstone(tombstone))
        }
    }

    private mutating func end(_ operation: Operation, _ result: Result<Decision.Answer, TokenError>) {
        answerAll(result)
        finish(operation)
    }

    /// Another process may have renewed: the newer tokens are those to revoke.
    private mutating func note(_ stored: TokenRecord?, in operation: inout Operation) {
        guard let stored, case .signOut(let tokens, let isRevoking) = operation.purpose else { return }
        newestSeen = max(newestSeen, stored.generation)
        guard !stored.isTombstone, stored.generation > tokens.generation else { return }
        let newer = RevocableTokens(
            accessToken: stored.accessToken,
            refreshToken: stored.refreshToken,
            generation: stored.generation
        )
        operation.purpose = .signOut(newer, isRevoking: isRevoking)
    }

    /// Newer than what is known here and than what is stored.
    private mutating func makeTombstone() -> TokenRecord {
        TokenRecord(generation: nextGeneration, id: random.hexadecimal(), accessToken: nil, requestedAt: moment.date)
    }

    mutating func forgetTokens(leaving tombstone: TokenRecord) {
        holding = .signedOut(tombstone)
        unsaved = .nothing
        lastFailure = nil
        pacer.clear()
        report(.signedOut)
    }
}
