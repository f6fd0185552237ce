/// What a ``ProviderSandbox`` has seen so far.
public struct SandboxCounters: Sendable, Equatable {
    /// Requests to the token endpoints, whatever became of them.
    public internal(set) var tokenRequests = 0

    /// Token requests by the value of their grant type; those without one that is known are under `?`.
    public internal(set) var tokenRequestsByGrant: [String: Int] = [:]

    /// Token requests that yielded tokens, those whose answer was lost included.
    public internal(set) var tokensIssued = 0

    /// Token requests that were refused.
    public internal(set) var tokenRefusals = 0

    /// Requests to the revocation endpoint, where there is one.
    public internal(set) var revocationRequests = 0

    /// Requests to everything else: the API.
    public internal(set) var resourceRequests = 0

    /// API requests that were turned away for their token.
    public internal(set) var rejections = 0

    /// Requests that met a fault.
    public internal(set) var faults = 0

    /// Uses of a refresh token or code that had been used before.
    public internal(set) var reuses = 0

    /// Requests that no client should have made, whatever the tokens: a wrong path, spelling, encoding, client authentication.
    public internal(set) var misuses = 0

    /// Token requests of one grant, such as `refresh_token`.
    public func tokenRequests(of grant: String) -> Int {
        tokenRequestsByGrant[grant] ?? 0
    }
}
