internal import Foundation

/// The shell of the machine: it performs steps, and nothing else.
extension TokenSession {
    /// Performs the steps of an operation, one after another, until the machine gives no more.
    @concurrent
    func perform(_ first: SessionMachine.Step, of run: OperationRun) async {
        var next: SessionMachine.Step? = first
        while let step = next {
            let result: SessionMachine.StepResult
            do { result = try await perform(step.stage, run) } catch { result = .failed(Self.storeFailure(error)) }
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
            return .exchanged(try await exchange(grant, as: client(of: run), within: limits(of: run)))
        case .revoking(let record):
            return .revoked(try await revoke(record, as: client(of: run), within: limits(of: run)))
        case .finishing(let record):
            return .finished(await finish(run, saving: record))
        case .waiting:
            return .failed(SessionMachine.timedOut)
        }
    }

    /// - Returns: whether the source gave other credentials than before; another client id is another session's.
    private func loadCredentials(for run: OperationRun) async throws -> Bool {
        let known = core.withLock(\.credentials)
        // A sign-out goes on with those that are known.
        run.client.withLock { $0 = $0 ?? known }
        let client = try await context.source.ask()
        if let known, known.id != client.id { return false }
        run.client.withLock { $0 = client }
        core.withLock { $0.credentials = client }
        return known.map { $0 != client } ?? false
    }

    private func client(of run: OperationRun) throws -> ClientCredentials {
        if let client = run.client.withLock(\.self) { return client }
        throw TokenError(.invalidCredentials, "The source of credentials has not answered.", isTransient: true)
    }

    private func limits(of run: OperationRun) -> WireLimits {
        var limits = policy.exchangeLimits
        limits.connectionTimeout = max(run.deadline - clock.now, .zero)
        return limits
    }

    private func makeGrant() async throws -> Grant {
        do {
            if let grant = try await identity.grant(at: clock.date) { return grant }
        } catch {
            let message = "The identity's grant could not be made."
            throw TokenError.wrapping(error, as: .invalidCredentials, message, isTransient: true)
        }
        throw TokenError(.signInRequired, "A person has to sign in.")
    }

    // MARK: The store

    package func key(for client: ClientCredentials) -> SessionKey {
        SessionKey(dialect: dialect, client: client.id, identity: identity)
    }

    private func key(of run: OperationRun) throws -> SessionKey { key(for: try client(of: run)) }

    private func lock(for run: OperationRun) async throws -> TokenRecord? {
        let update = try await run.takeLock(of: store, for: key(of: run)) { body in core.withLock { $0.start(body) } }
        for notice in update.notices { tell(.storeFailed(notice)) }
        return update.record
    }

    private func save(_ record: TokenRecord, _ run: OperationRun) async throws -> SessionMachine.StepResult {
        do { try await run.save(record) } catch let error as TokenError where error.code == .storeBusy {
            return .overtaken(by: try? await store.record(for: key(of: run)), error)
        }
        return .saved
    }

    /// - Returns: why what was left could not be saved, or the lock not be released.
    private func finish(_ run: OperationRun, saving record: TokenRecord?) async -> TokenError? {
        var failure: (any Error)?
        do {
            // Bounded, so that a store that hangs can't keep the lock.
            if let record {
                let saved: Void? = try await clock.value(by: clock.now + policy.lockTimeout) {
                    try await run.save(record)
                }
                if saved == nil {
                    failure = TokenError(.storeFailed, "The token store did not answer in time.", isTransient: true)
                }
            }
        } catch { failure = error }
        do { try await run.releaseLock() } catch { failure = failure ?? error }
        return failure.map(Self.storeFailure)
    }

    private static func storeFailure(_ error: any Error) -> TokenError {
        TokenError.wrapping(error, as: .storeFailed, "The token store failed.", isTransient: true)
    }
}
