/// The instants at which a token's life changes, from the lifetime that was received.
///
/// | window | until | what a session does |
/// |---|---|---|
/// | fresh | ``renewal`` | serves it |
/// | advisory | ``mandatory`` | serves it, and renews it in the background |
/// | mandatory | ``end`` | lets callers wait for the renewal for 2 s at most |
/// | expired | – | lets callers wait for the renewal, each for its timeout |
package struct RenewalWindows: Sendable, Equatable {
    /// When the first renewal starts: the advisory window's begin, spread so that a fleet does not renew at once.
    package let renewal: SessionInstant
    /// When callers begin to wait for the renewal.
    package let mandatory: SessionInstant
    /// When the token counts as expired: a margin before it does for the provider.
    package let end: SessionInstant
    /// When the token expires for the provider.
    package let expiry: SessionInstant

    /// Counts the windows from when the token was asked for; `spread`, from 0 to 1, says how far into the first half of the
    /// advisory window the renewal starts.
    package init(lifetime: Duration, from start: SessionInstant, policy: RenewalPolicy, spread: Double) {
        let lifetime = max(lifetime, .zero)
        let fraction = policy.advisoryFraction > 0 ? min(policy.advisoryFraction, 1) : 0
        let tenth = lifetime * fraction
        let advisory = min(max(tenth, policy.advisoryMinimum), policy.advisoryMaximum, lifetime / 2)
        let mandatory = min(policy.mandatory, advisory / 2)
        let margin = min(policy.margin, mandatory / 4)
        expiry = start + lifetime
        self.renewal = expiry - advisory + (advisory - mandatory) / 2 * spread
        self.mandatory = expiry - mandatory
        self.end = expiry - margin
    }
}
