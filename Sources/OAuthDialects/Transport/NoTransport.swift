#if !URLSession
/// What stands for the platform's transport in a build without it.
struct NoTransport: WireStreaming {
    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse { throw Self.failure }

    func stream(
        _ request: WireRequest,
        _ limits: WireLimits
    ) async throws -> (head: WireResponse, body: WireBytes) {
        throw Self.failure
    }

    private static let failure = TokenError(
        .invalidRequest,
        "The session has no transport: this build of OAuthDialects leaves out the platform's.",
        hint: "Pass a transport to the session, or enable the package trait URLSession."
    )
}
#endif
