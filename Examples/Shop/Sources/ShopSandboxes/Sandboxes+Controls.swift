import Foundation
import OAuthDialectsTesting

extension Sandboxes {
    /// The names of the providers.
    public var names: [String] { providers.map(\.name) }

    /// Whether a provider is switched off.
    public func isDown(_ name: String) -> Bool {
        provider(name)?.isDown ?? false
    }

    /// Switches a provider off, so that every connection to it breaks, or on again.
    ///
    /// Plans of faults begin anew when it is on again.
    public func setDown(_ isDown: Bool, _ name: String) {
        provider(name)?.isDown = isDown
    }

    /// Revokes every access token issued so far.
    public func revokeAccessTokens(_ name: String) {
        provider(name)?.sandbox.revokeAccessTokens()
    }

    /// Ends all sign-ins: revokes every refresh token and every access token.
    public func endSignIns(_ name: String) {
        provider(name)?.sandbox.revokeRefreshTokens()
        provider(name)?.sandbox.revokeAccessTokens()
    }

    /// Replaces the client's secret at the provider and in the directory's file; the old one is refused.
    public func rotateSecret(_ name: String) throws {
        provider(name)?.rotateSecret()
        try rewriteDirectory()
    }

    /// The last requests to a provider and what it sent by itself, oldest first, without anything secret.
    public func transcript(_ name: String, limit: Int) -> [String] {
        guard let provider = provider(name) else { return [] }
        let callbacks =
            name == "wetix" ? weTixCallbacks.lines : name == "revenue-monster" ? revenueMonsterCallbacks.lines : []
        let entries = provider.sandbox.transcript.map { (date: $0.date, text: $0.description) }
        return (entries + callbacks).sorted { $0.date < $1.date }.suffix(max(0, limit)).map(\.text)
    }

    /// What was incorrect about the requests to a provider, in words.
    public func complaints(_ name: String) -> [String] {
        provider(name)?.sandbox.complaints ?? []
    }

    /// Adds a plan of faults.
    public func follow(_ plan: FaultPlan, _ name: String) {
        provider(name)?.follow(plan)
    }

    /// Removes a provider's faults.
    public func recover(_ name: String) {
        provider(name)?.follow(nil)
    }

    /// The counts of a provider's requests.
    public func counters(_ name: String) -> SandboxCounters {
        (provider(name) ?? weTix).sandbox.counters
    }

    /// Waits until the counts of a provider's requests satisfy a condition.
    public func counters(
        _ name: String,
        where predicate: @escaping @Sendable (SandboxCounters) -> Bool
    ) async throws {
        try await provider(name)?.sandbox.counters(where: predicate)
    }

    /// Delays each answer of a provider.
    public func setLatency(_ latency: Duration, _ name: String) {
        provider(name)?.sandbox.latency = latency
    }

    /// Sets whether the providers call the shop.
    public func setWebhooks(revenueMonster: Bool, wetix: Bool) {
        revenueMonsterCallbacks.isOn = revenueMonster
        weTixCallbacks.isOn = wetix
    }

    /// Whether Revenue Monster's limit of queries by order id applies.
    public var limitsLookups: Bool {
        get { revenueMonsterAPI.limitsLookups }
        set { revenueMonsterAPI.limitsLookups = newValue }
    }

    /// Whether cinemas can't issue tickets for confirmed orders, which then are `FAILED`.
    public var failsBookings: Bool {
        get { weTixAPI.boxOffice.failsBookings }
        set { weTixAPI.boxOffice.failsBookings = newValue }
    }

    /// The transactions at Revenue Monster, oldest first.
    public func payments() -> [SandboxPayment] { revenueMonsterAPI.ledger.payments }

    /// The points that a member of the rewards program has.
    public func points(of member: String) -> Int { kopiAPI.points(of: member) }

    /// How often the rewards program credited points.
    public var credits: Int { kopiAPI.credits }

    private func provider(_ name: String) -> SandboxedProvider? {
        providers.first { $0.name == name }
    }
}
