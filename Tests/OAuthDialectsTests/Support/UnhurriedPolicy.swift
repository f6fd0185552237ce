import OAuthDialects

extension RenewalPolicy {
    /// For sessions over sockets: beside hundreds of tests on two cores, a request may wait for seconds until it is its turn.
    static let unhurried = {
        var policy = Self.standard
        (policy.timeout, policy.renewalTimeout) = (.seconds(60), .seconds(180))
        policy.exchangeLimits.timeout = .seconds(60)
        return policy
    }()
}
