internal import Foundation
package import OAuthDialects

extension ProviderSandbox {
    /// Serves the sandbox on a loopback port; its faults happen on real connections.
    ///
    /// A served sandbox needs the system clock: `ProviderSandbox(.tiki, clock: .system)`.
    ///
    /// - Parameters:
    ///   - port: the port on 127.0.0.1; 0 selects any free one.
    ///   - consent: what the user does at the authorization endpoint, which then redirects immediately; by default the endpoint
    ///     shows a page with a checkbox for each scope and the buttons `#allow` and `#deny`.
    ///   - onEntry: receives each new entry of the ``transcript``, in order.
    /// - Returns: the running server.
    /// - Throws: an error that names the address if the port is taken.
    public func serve(
        port: Int = 0,
        consent: SandboxConsent? = nil,
        onEntry: (@Sendable (SandboxEntry) -> Void)? = nil
    ) async throws -> SandboxServer {
        let reported = Locked(0)
        let server = try await LoopbackServer.scripted(port: port) { request in
            let reply = await self.reply(to: request, consent: consent)
            if let onEntry { self.reportEntries(since: reported, to: onEntry) }
            return reply
        }
        return SandboxServer(server)
    }

    private func reportEntries(since reported: Locked<Int>, to onEntry: (SandboxEntry) -> Void) {
        // Connections are served concurrently; the lock keeps the entries in order.
        reported.withLock { reported in
            for entry in transcript where entry.number > reported {
                onEntry(entry)
                reported = entry.number
            }
        }
    }

    /// The reply to a request on a connection: a response, or a fault such as a reset.
    package func reply(to request: WireRequest, consent: SandboxConsent? = nil) async -> LoopbackReply {
        if request.url.path(percentEncoded: true) == rules.authorizationPath {
            if let consent, request.method == "GET" { return .response(redirect(from: request, consent)) }
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
            case .lost: .close
            }
        case .refused, .reset: return .reset
        case .lost, .route: return .close
        case .hang: return .hang
        }
    }

    private func redirect(from request: WireRequest, _ consent: SandboxConsent) -> WireResponse {
        do {
            let callback = try signIn(at: request.url, consent)
            return WireResponse(status: 302, headers: ["Location": callback.absoluteString])
        } catch {
            let headers: WireHeaders = ["Content-Type": "text/plain; charset=utf-8"]
            return WireResponse(status: 400, headers: headers, body: Data("\(error)\n".utf8))
        }
    }
}
