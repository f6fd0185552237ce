internal import Foundation

extension TokenSession {
    /// Flies one flight to its end: reads the store, climbs the ladder under the store's lock, stores what it brought.
    func fly(_ flight: Flight) async {
        let client: ClientCredentials
        do {
            client = try await freshCredentials()
        } catch {
            return ground(flight.id, error)
        }
        core.withLock { $0.credentials = client }
        let key = key(for: client)
        let entry = Entry()
        do {
            try await patiently(entry, until: flight.startedAt + policy.lockTimeout) { [self] in
                if await peek(key, flight.id) {
                    entry.enter()
                    return
                }
                try await store.update(key) { [self] update in
                    update.notices.forEach(noted)
                    guard entry.enter() else { return }
                    let step = transition { core, moment, effects in
                        core.state.entered(update.record, isLocked: true, of: flight.id, at: moment, &effects)
                    }
                    if let left = await climb(flight.id, from: step, as: client, update.save) {
                        try await update.save(left)
                    }
                }
            }
            ground(flight.id, Self.idle)
        } catch {
            await withoutStore(flight.id, Self.storeFailed(error), hadEntered: entry.hasEntered, as: client)
        }
    }

    /// The credentials as the source has them now; a source has as long as an exchange has.
    func freshCredentials() async throws(TokenError) -> ClientCredentials {
        if let client = source as? ClientCredentials { return client }
        let client: ClientCredentials?
        do {
            client = try await clock.value(by: clock.now + policy.exchangeLimits.timeout) { [source] in
                try await source.credentials()
            }
        } catch {
            throw Self.sourceFailed(error)
        }
        guard let client else {
            throw TokenError(
                .invalidCredentials,
                "The source of credentials did not answer in time.",
                isTransient: true
            )
        }
        return client
    }

    /// The key of this session's records.
    package func key(for client: ClientCredentials) -> SessionKey {
        SessionKey(dialect: dialect, client: client.id, identity: identity)
    }

    /// Ends a flight that could not begin; nothing happens if it is over.
    private func ground(_ id: UInt64, _ failure: TokenError) {
        transition { core, moment, effects in core.state.grounded(failure, of: id, at: moment, &effects) }
    }

    /// What is stored, if the store says so in time.
    func record(for key: SessionKey) async -> TokenRecord? {
        let found = try? await clock.value(by: clock.now + policy.lockTimeout) { [store] in
            try await store.record(for: key)
        }
        return found ?? nil
    }

    /// A look at the store that waits for nobody: another process may have renewed already.
    private func peek(_ key: SessionKey, _ id: UInt64) async -> Bool {
        let stored = await record(for: key)
        return transition { core, moment, effects in core.state.peeked(stored, of: id, at: moment, &effects) }
    }

    /// The store has something to tell of besides failing.
    @Sendable func noted(_ notice: TokenError) {
        tell(
            SessionEvent(
                .storeFailed,
                .error,
                notice.description,
                ["code": notice.code.description],
                at: clock.date
            )
        )
    }

    private func withoutStore(_ id: UInt64, _ failure: TokenError, hadEntered: Bool, as client: ClientCredentials) async
    {
        if hadEntered {
            return transition { core, moment, effects in core.state.endedUnsaved(failure, at: moment, &effects) }
        }
        let step = transition { core, moment, effects in
            core.state.locked(out: failure, of: id, at: moment, &effects)
        }
        _ = await climb(id, from: step, as: client) { _ in throw failure }
    }

    private static let idle = TokenError(.storeFailed, "The token store did not run the update.", isTransient: true)

    static func sourceFailed(_ error: any Error) -> TokenError {
        if let error = error as? TokenError { return error }
        return TokenError(
            .invalidCredentials,
            "The source of credentials failed.",
            isTransient: true,
            underlying: UnderlyingError(error)
        )
    }

    static func storeFailed(_ error: any Error) -> TokenError {
        if let error = error as? TokenError { return error }
        return TokenError(
            .storeFailed,
            error is CancellationError ? "The store's lock was not free in time." : "The token store failed.",
            isTransient: true,
            underlying: UnderlyingError(error)
        )
    }
}
