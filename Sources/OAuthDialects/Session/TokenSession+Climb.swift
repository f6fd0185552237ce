internal import Foundation

extension TokenSession {
    typealias Save = @Sendable @concurrent (TokenRecord) async throws -> Void

    /// Does what the machine says, step by step, until it says that the flight is over.
    ///
    /// - Returns: a record that still has to be saved, if there is one.
    @concurrent
    func climb(
        _ id: UInt64,
        from first: FlightStep,
        as client: ClientCredentials,
        _ save: @escaping Save
    ) async -> TokenRecord? {
        var client = client
        var step = first
        while true {
            switch step {
            case .refresh(let token, let intent):
                if let intent, let lost = await mark(intent, save) {
                    step = await overtaken(lost, as: client, of: id)
                } else {
                    step = await exchange(.refreshToken(token), on: .refresh, as: client, of: id)
                }
            case .authenticate:
                step = await authenticate(as: client, of: id)
            case .signIn(let grant):
                step = await exchange(grant, on: .signIn, as: client, of: id)
            case .save(let record):
                let failure = await failure(of: save, record)
                if let failure, failure.code == .storeBusy {
                    step = await overtaken(failure, as: client, of: id)
                    continue
                }
                step = transition { core, moment, effects in core.state.saved(failure, of: id, at: moment, &effects) }
            case .pause(let instant):
                // Not the task of a store that may have been cancelled: a pause is a pause.
                _ = try? await Task.detached { [clock] in try await clock.sleep(until: instant) }.value
                step = transition { core, moment, effects in core.state.nextStep(of: id, at: moment, &effects) }
            case .reloadCredentials:
                let areOthers = await reload(&client)
                step = transition { core, moment, effects in
                    core.state.reloaded(areOthers, of: id, at: moment, &effects)
                }
            case .end(let record):
                return record
            }
        }
    }

    private func authenticate(as client: ClientCredentials, of id: UInt64) async -> FlightStep {
        do {
            let made = try await clock.value(by: clock.now + policy.exchangeLimits.timeout) { [identity, clock] in
                try await identity.grant(at: clock.date)
            }
            guard let made else {
                throw TokenError(.invalidCredentials, "The grant was not made in time.", isTransient: true)
            }
            guard let grant = made else {
                return report(
                    .invalid(TokenError(.signInRequired, "A person has to sign in.")),
                    on: .authenticate,
                    of: id
                )
            }
            return await exchange(grant, on: .authenticate, as: client, of: id)
        } catch {
            let failure = TokenError(
                .invalidCredentials,
                "The grant could not be made.",
                isTransient: true,
                underlying: UnderlyingError(error)
            )
            return report(.invalid(error as? TokenError ?? failure), on: .authenticate, of: id)
        }
    }

    private func exchange(
        _ grant: Grant,
        on rung: Rung,
        as client: ClientCredentials,
        of id: UInt64
    ) async -> FlightStep {
        // Signed out while the grant was made or the record marked: nothing is sent any more.
        guard core.withLock({ $0.state.isFlying(id) }) else { return .end(nil) }
        let exchange = TokenExchange(grant: grant, credentials: client, date: clock.date)
        return report(await outcome(of: exchange), on: rung, of: id)
    }

    private func report(_ outcome: ExchangeOutcome, on rung: Rung, of id: UInt64) -> FlightStep {
        transition { core, moment, effects in
            core.state.exchanged(outcome, on: rung, of: id, at: moment, &effects)
        }
    }

    /// Says in the store that a refresh token is being presented; a store that fails must not keep it from being used.
    ///
    /// - Returns: the failure if another process has the lock by now: whoever lost it presents nothing.
    private func mark(_ intent: TokenRecord, _ save: @escaping Save) async -> TokenError? {
        guard let failure = await failure(of: save, intent) else { return nil }
        if failure.code == .storeBusy { return failure }
        transition { core, moment, effects in core.state.endedUnsaved(failure, at: moment, &effects) }
        return nil
    }

    /// Looks at what the process that took over has stored.
    private func overtaken(_ failure: TokenError, as client: ClientCredentials, of id: UInt64) async -> FlightStep {
        let stored = try? await store.record(for: key(for: client))
        return transition { core, moment, effects in
            core.state.overtaken(by: stored, failure, of: id, at: moment, &effects)
        }
    }

    private func failure(of save: @escaping Save, _ record: TokenRecord) async -> TokenError? {
        do {
            let isSaved: Void? = try await clock.value(by: clock.now + policy.lockTimeout) { try await save(record) }
            guard isSaved == nil else { return nil }
            return TokenError(.storeFailed, "The token store did not save in time.", isTransient: true)
        } catch {
            return Self.storeFailed(error)
        }
    }

    /// Asks the source once more; another client id is another key, and no matter for this flight.
    private func reload(_ client: inout ClientCredentials) async -> Bool {
        guard let fresh = try? await freshCredentials(), fresh != client, fresh.id == client.id else { return false }
        client = fresh
        core.withLock { $0.credentials = fresh }
        return true
    }
}
