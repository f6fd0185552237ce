internal import OAuthDialects

extension ProviderSandbox {
    /// Serves the sandbox on a loopback port, with its faults as a socket knows them; port 0 is any that is free.
    ///
    /// A sandbox that is served goes by real time: `ProviderSandbox(.tiki, clock: .system)`.
    ///
    /// - Throws: ``LoopbackFailure`` if the port is not to be had.
    public func serve(port: Int = 0) async throws -> LoopbackServer {
        try await LoopbackServer.scripted(port: port) { await self.reply(to: $0) }
    }

    private func reply(to request: WireRequest) async -> LoopbackReply {
        switch handle(request) {
        case .response(let response):
            do { try await state.wait { !$0.isHolding } } catch { return .close }
            return .response(response)
        case .refused: return .reset
        case .lost, .route: return .close
        case .hang: return .hang
        }
    }
}
