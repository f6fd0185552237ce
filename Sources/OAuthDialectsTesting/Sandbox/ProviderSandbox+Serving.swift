internal import Foundation
public import OAuthDialects

extension ProviderSandbox {
    /// Serves the sandbox on a loopback port, with its faults as a socket knows them; port 0 is any that is free.
    ///
    /// Its authorization endpoint is a page for browsers, with a box for each scope and the buttons `#allow` and `#deny`. A
    /// sandbox that is served goes by real time: `ProviderSandbox(.tiki, clock: .system)`.
    ///
    /// - Throws: ``LoopbackFailure`` if the port is not to be had.
    public func serve(port: Int = 0) async throws -> LoopbackServer {
        try await LoopbackServer.scripted(port: port) { await self.reply(to: $0) }
    }

    /// What is done on a connection for a request, with the sandbox's faults as a socket knows them.
    public func reply(to request: WireRequest) async -> LoopbackReply {
        if request.url.path(percentEncoded: true) == rules.authorizationPath {
            let (now, date) = (clock.now, clock.date)
            return .response(state.change { $0.browse(request, now: now, date: date) })
        }
        switch handle(request) {
        case .response(let response, let delivery):
            do {
                try await state.wait { !$0.isHolding }
                if latency > .zero { try await clock.sleep(until: clock.now + latency) }
            } catch { return .close }
            return switch delivery {
            case .whole: .response(response)
            case .half: .truncated(response, afterBodyBytes: response.body.count / 2)
            case .dripping: .dripping(response, pause: .seconds(1))
            }
        case .refused, .reset: return .reset
        case .lost, .route: return .close
        case .hang: return .hang
        }
    }
}
