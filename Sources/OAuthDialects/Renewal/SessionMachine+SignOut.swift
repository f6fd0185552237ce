internal import Foundation

/// The end of a session: its tokens are forgotten at once, a tombstone replaces its record, and the provider revokes them.
extension SessionMachine {
    mutating func requestSignOut(_ id: Waiters.ID, isRevoking: Bool) {
        let tombstone = makeTombstone()
        var purpose = Operation.Purpose.signOut(record ?? tombstone, isRevoking: isRevoking)
        if case .signOut(let earlier, let isRevokingEarlier) = operation?.purpose {
            purpose = .signOut(earlier, isRevoking: isRevoking || isRevokingEarlier)
        } else {
            forgetTokens(leaving: tombstone)
            for (id, _) in waiters.take(where: { _ in true }) { answer(id, .failure(Self.signedOut)) }
        }
        wait(id, for: .signOut, timeout: policy.renewalTimeout * 2)
        // Takes over the running operation once its step has ended, or starts one.
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
            if case .signOut(let record, isRevoking: true) = operation.purpose {
                go(operation, to: .revoking(record))
            } else {
                end(operation, .success(.signedOut))
            }
        case (.revoking, _):
            end(operation, .success(.signedOut))
        default:
            // A renewal's step may have saved a record with our tombstone's number: the next one is higher.
            newestSeen = max(newestSeen, generation)
            replaceRecord(operation)
        }
    }

    private mutating func replaceRecord(_ operation: Operation) {
        switch operation.lock {
        case .notTaken: go(operation, to: .locking)
        case .unavailable:
            // An operation can't ask for the lock twice.
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
        guard let stored, case .signOut(let known, let isRevoking) = operation.purpose else { return }
        newestSeen = max(newestSeen, stored.generation)
        guard !stored.isTombstone, known.isTombstone || stored.generation > known.generation else { return }
        operation.purpose = .signOut(stored, isRevoking: isRevoking)
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
