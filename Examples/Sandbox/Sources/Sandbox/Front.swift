import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// What stands between the socket and the sandbox: a browser's visit, and a line for each request.
final class Front: Sendable {
    private let sandbox: ProviderSandbox
    private let options: Options
    private let shown = Mutex(0)

    init(_ sandbox: ProviderSandbox, _ options: Options) {
        self.sandbox = sandbox
        self.options = options
    }

    func reply(to request: WireRequest) async -> LoopbackReply {
        let isVisit = request.method == "GET" && request.url.path() == options.provider.authorizationPath
        let reply = isVisit ? visit(request.url) : await sandbox.reply(to: request)
        show()
        return reply
    }

    /// Writes what has been written down since; requests may come side by side.
    private func show() {
        shown.withLock { shown in
            for entry in sandbox.transcript where entry.number > shown {
                Console.write("\(entry)")
                shown = entry.number
            }
        }
    }

    /// What a browser gets: the way back with a code or an error, or a page where it stays.
    private func visit(_ url: URL) -> LoopbackReply {
        do throws(SandboxPage) {
            let back = try sandbox.signIn(at: url, options.consent)
            return .response(WireResponse(status: 302, headers: ["Location": back.absoluteString]))
        } catch {
            let page = Data("\(error)\n".utf8)
            return .response(
                WireResponse(status: 400, headers: ["Content-Type": "text/plain; charset=utf-8"], body: page)
            )
        }
    }

    /// What there was, in a line.
    var summary: String {
        let counters = sandbox.counters
        return """

            \(counters.tokenRequests) token requests, \(counters.tokensIssued) tokens, \(counters.tokenRefusals) refusals, \
            \(counters.faults) faults, \(counters.resourceRequests) API requests, \(counters.misuses) no client should make.
            """
    }
}
