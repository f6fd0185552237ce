public import OAuthDialects

extension ProviderSandbox {
    /// Advances the sandbox's clock, which has to be a ``TestClock``.
    public func advance(by duration: Duration) {
        guard let clock = clock as? TestClock else {
            preconditionFailure("advance(by:) requires a sandbox with a TestClock.")
        }
        clock.advance(by: duration)
    }

    /// Revokes every access token issued so far.
    public func revokeAccessTokens() {
        state.change { $0.revokeAccessTokens() }
    }

    /// Revokes every refresh token issued so far; access tokens keep working.
    public func revokeRefreshTokens() {
        state.change { $0.revokeRefreshTokens() }
    }

    /// Registers another client, or replaces the secret of a registered one.
    public func register(_ client: ClientCredentials) {
        state.change { $0.clients[client.id] = client.secret?.revealed ?? "" }
    }

    /// Adds a plan of faults, until ``recover()``.
    ///
    /// Scripts run first, in the order in which they were added; then the last of the other plans applies.
    public func follow(_ plan: FaultPlan) {
        state.change { $0.faults.add(plan) }
    }

    /// Makes the next requests fail, each with one of the faults, in this order.
    public func failNext(_ faults: SandboxFault..., at place: SandboxPlace = .anywhere) {
        follow(.script(faults).at(place))
    }

    /// Makes every request fail until ``recover()``.
    public func fail(with fault: SandboxFault, at place: SandboxPlace = .anywhere) {
        follow(.always(fault).at(place))
    }

    /// Removes every fault and plan.
    public func recover() {
        state.change { $0.faults.clear() }
    }

    /// Holds the responses of ``send(_:_:)`` and of a served sandbox until ``releaseAnswers()``; requests are still processed.
    public func holdAnswers() {
        state.change { $0.isHolding = true }
    }

    /// Releases the held responses.
    public func releaseAnswers() {
        state.change { $0.isHolding = false }
    }
}
