internal import Foundation

extension TokenSession {
    /// Begins a session with what a person brought back from signing in, or with an imported refresh token.
    ///
    /// The grant is sent once. What the session held before is replaced only if the provider accepts it.
    ///
    /// - Throws: ``TokenError``, with the code ``TokenError/Code/invalidRequest`` for the application's own grant in a person's
    ///   session; `CancellationError` if the task is cancelled, while the exchange goes on.
    public func signIn(with grant: Grant) async throws {
        if !identity.canRepeat, case .clientCredentials = grant {
            throw TokenError(
                .invalidRequest,
                "A person's session can't be signed in as the application.",
                hint: "Give the application a session of its own, with the identity .client()."
            )
        }
        while true {
            let turn = Locked(false)
            do {
                _ = try await wait { state, id, moment, effects in
                    let isMine = state.signIn(id, with: grant, at: moment, &effects)
                    turn.withLock { $0 = isMine }
                    return .wait
                }
            } catch let error as TokenError {
                if turn.withLock({ $0 }) { throw error }
                try Task.checkCancellation()
            }
            if turn.withLock({ $0 }) { return }
        }
    }

    /// Ends the session: its tokens are forgotten, its callers answered and its record buried, in this order.
    ///
    /// An answer that is still on its way brings nothing back. Only ``signIn(with:)`` begins anew.
    ///
    /// - Parameter revoking: whether to tell the provider as well (RFC 7009), where it documents how; best effort.
    /// - Throws: ``TokenError`` with the code ``TokenError/Code/storeFailed`` if the record could not be buried; this session
    ///   is signed out all the same.
    public func signOut(revoking: Bool = false) async throws {
        let held = transition { core, moment, effects in core.state.signOut(at: moment, &effects) }
        let client = try await freshCredentials()
        let leaving = Locked(held)
        do {
            try await store.update(key(for: client), reporting: noted) { [self] stored, _ in
                leaving.withLock { $0 = $0.orNewer(stored) }
                let tombstone = transition { core, moment, _ in core.state.tombstone(over: stored, at: moment) }
                return tombstone.map(RecordChange.replace) ?? .keep
            }
        } catch {
            throw error is CancellationError ? error : Self.storeFailed(error)
        }
        if revoking { await revoke(leaving.withLock { $0 }, as: client) }
    }

    /// Revoking the refresh token ends its access tokens as well (RFC 7009, section 2.1).
    private func revoke(_ leaving: SessionState.Leaving, as client: ClientCredentials) async {
        let conventions = dialect.conventions
        let refresh = leaving.refreshToken.map { ($0.value, "refresh_token") }
        guard let endpoint = dialect.revocationEndpoint,
            let (token, kind) = refresh ?? leaving.accessToken.map({ ($0, "access_token") }),
            let request = try? conventions.request(
                fields: [
                    WireField(conventions.name("token"), secret: token),
                    WireField(conventions.name("token_type_hint"), kind),
                ],
                by: client,
                to: endpoint
            ),
            (try? dialect.apiOrigins.checkEndpoint(endpoint)) != nil
        else { return }
        let moment = Moment(clock)
        tell(sent(request))
        if let response = try? await send(request, within: policy.exchangeLimits) {
            tell(answered(response, since: moment))
        }
    }
}
