/// The counts of a ``ProviderSandbox``'s requests.
public struct SandboxCounters: Sendable, Equatable {
    /// Requests to the token endpoints, whatever their outcome.
    public internal(set) var tokenRequests = 0

    /// Token requests by grant type; unknown ones are under `?`.
    public internal(set) var tokenRequestsByGrant: [String: Int] = [:]

    /// Token requests that issued tokens, including those with a lost response.
    public internal(set) var tokensIssued = 0

    /// Token requests that were refused.
    public internal(set) var tokenRefusals = 0

    /// Requests to the revocation endpoint, where there is one.
    public internal(set) var revocationRequests = 0

    /// API requests: all others.
    public internal(set) var resourceRequests = 0

    /// API requests rejected because of their token.
    public internal(set) var rejections = 0

    /// Requests that failed with a fault.
    public internal(set) var faults = 0

    /// Repeated uses of a refresh token or code.
    public internal(set) var reuses = 0

    /// Repeated uses that were forgiven, because no successor had been used.
    package internal(set) var forgivenReuses = 0

    /// Incorrect requests: a wrong path, spelling, encoding, or client authentication.
    public internal(set) var misuses = 0

    /// Token requests of one grant, such as `refresh_token`.
    public func tokenRequests(of grant: String) -> Int {
        tokenRequestsByGrant[grant] ?? 0
    }
}
