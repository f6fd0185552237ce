public import OAuthDialects

extension ProviderSandbox {
    /// Lets time pass for everything that goes by the sandbox's clock, which has to be a ``TestClock``.
    public func advance(by duration: Duration) {
        guard let clock = clock as? TestClock else {
            preconditionFailure("This sandbox goes by a clock that nobody can move; give it a TestClock.")
        }
        clock.advance(by: duration)
    }

    /// Makes every access token that was issued so far invalid.
    public func revokeAccessTokens() {
        state.change { $0.revokeAccessTokens() }
    }

    /// Makes every refresh token that was issued so far invalid; access tokens go on working.
    public func revokeRefreshTokens() {
        state.change { $0.revokeRefreshTokens() }
    }

    /// Registers another client, or gives a registered one another secret.
    public func register(_ client: ClientCredentials) {
        state.change { $0.clients[client.id] = client.secret?.revealed ?? "" }
    }

    /// Lets requests meet the faults of a plan, beside those of the plans before it, until ``recover()``.
    ///
    /// Scripts come first, in the order in which they were given; of the other plans the last one decides.
    public func follow(_ plan: FaultPlan) {
        state.change { $0.faults.add(plan) }
    }

    /// Lets the next requests meet one fault each, in this order.
    public func failNext(_ faults: SandboxFault..., at place: SandboxPlace = .anywhere) {
        follow(.script(faults).at(place))
    }

    /// Lets every request meet a fault until ``recover()``.
    public func fail(with fault: SandboxFault, at place: SandboxPlace = .anywhere) {
        follow(.always(fault).at(place))
    }

    /// Ends every fault, those to come included.
    public func recover() {
        state.change { $0.faults.clear() }
    }

    /// Keeps back the answers of ``send(_:_:)`` and of a served sandbox until ``releaseAnswers()``; requests are processed.
    public func holdAnswers() {
        state.change { $0.isHolding = true }
    }

    /// Lets go of the answers that were kept back.
    public func releaseAnswers() {
        state.change { $0.isHolding = false }
    }
}
