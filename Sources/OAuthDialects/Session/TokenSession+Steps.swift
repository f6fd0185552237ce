internal import Foundation

/// The shell of the machine: it performs steps, and nothing else.
extension TokenSession {
    /// Performs the steps of an operation, one after another, until the machine gives no more.
    @concurrent
    func perform(_ first: SessionMachine.Step, of run: OperationRun) async {
        var next: SessionMachine.Step? = first
        while let step = next {
            // A task that was cancelled with an earlier step performs no other.
            if Task.isCancelled { return restart(step) }
            let result: SessionMachine.StepResult
            do { result = try await perform(step.stage, run) } catch {
                result = .failed(
                    TokenError.wrapping(error, as: .storeFailed, "The token store failed.", isTransient: true)
                )
            }
            if case .finished = result { core.withLock { $0.runs[run.id] = nil } }
            next = send(.stepEnded(step.id, result), of: run)
        }
    }

    private func perform(_ stage: Operation.Stage, _ run: OperationRun) async throws -> SessionMachine.StepResult {
        switch stage {
        case .loadingCredentials, .reloadingCredentials:
            return .loadedCredentials(areNew: try await loadCredentials(for: run))
        case .reading:
            return .read(try await store.record(for: key(of: run)))
        case .locking:
            return .locked(try await lock(for: run))
        case .savingEarlier(let record), .marking(_, let record), .savingTombstone(let record):
            return try await save(record, run)
        case .saving(let newTokens):
            return try await save(newTokens.stored, run)
        case .makingGrant:
            return .madeGrant(try await makeGrant())
        case .exchanging(_, let grant):
            return .exchanged(try await exchange(grant, as: client(of: run)))
        case .revoking(let tokens):
            try await revoke(tokens, as: client(of: run))
            return .revoked
        case .finishing(let record):
            return .finished(await finish(run, saving: record))
        case .waiting:
            return .failed(SessionMachine.timedOut)
        }
    }

    // MARK: Credentials and grants

    /// - Returns: whether the source gave other credentials than before; another client id is another session's.
    private func loadCredentials(for run: OperationRun) async throws -> Bool {
        let client = try await freshCredentials()
        if let known = run.client.withLock(\.self), known == client || known.id != client.id { return false }
        run.client.withLock { $0 = client }
        core.withLock { $0.credentials = client }
        return true
    }

    private func freshCredentials() async throws -> ClientCredentials {
        do { return try await source.credentials() } catch {
            throw TokenError.wrapping(
                error,
                as: .invalidCredentials,
                "The source of credentials failed.",
                isTransient: true
            )
        }
    }

    /// The credentials for a caller, who waits no longer than a token request may take and leaves at once if cancelled.
    func credentialsInTime() async throws -> ClientCredentials {
        try Task.checkCancellation()
        if let client = source as? ClientCredentials { return client }
        let race = Race<ClientCredentials>()
        let work = race.run { [self, clock] in
            let deadline = clock.now + policy.exchangeLimits.timeout
            if let client = try await clock.value(by: deadline, of: { try await self.freshCredentials() }) {
                return client
            }
            throw SessionMachine.lateCredentials
        }
        return try await withTaskCancellationHandler {
            try await race.value
        } onCancel: {
            race.end(.failure(CancellationError()))
            work.cancel()
        }
    }

    private func client(of run: OperationRun) throws -> ClientCredentials {
        if let client = run.client.withLock(\.self) { return client }
        throw TokenError(.invalidCredentials, "The source of credentials has not answered.", isTransient: true)
    }

    private func makeGrant() async throws -> Grant {
        do {
            if let grant = try await identity.grant(at: clock.date) { return grant }
        } catch {
            throw TokenError.wrapping(
                error,
                as: .invalidCredentials,
                "The identity's grant could not be made.",
                isTransient: true
            )
        }
        throw TokenError(.signInRequired, "A person has to sign in.")
    }

    // MARK: The store

    package func key(for client: ClientCredentials) -> SessionKey {
        SessionKey(dialect: dialect, client: client.id, identity: identity)
    }

    private func key(of run: OperationRun) throws -> SessionKey {
        key(for: try client(of: run))
    }

    private func lock(for run: OperationRun) async throws -> TokenRecord? {
        let update = try await run.lock.take(from: store, for: key(of: run)) { body in
            core.withLock { $0.start(body) }
        }
        for notice in update.notices { tell(.storeFailed(notice)) }
        return update.record
    }

    private func save(_ record: TokenRecord, _ run: OperationRun) async throws -> SessionMachine.StepResult {
        do { try await run.lock.save(record) } catch let error as TokenError where error.code == .storeBusy {
            return .overtaken(by: try? await store.record(for: key(of: run)), error)
        }
        return .saved
    }

    /// - Returns: why what was left could not be saved, or the lock not be released.
    private func finish(_ run: OperationRun, saving record: TokenRecord?) async -> TokenError? {
        var failure: (any Error)?
        do { if let record { try await run.lock.save(record) } } catch { failure = error }
        do { try await run.lock.end() } catch { failure = failure ?? error }
        return failure.map { TokenError.wrapping($0, as: .storeFailed, "The token store failed.", isTransient: true) }
    }
}
