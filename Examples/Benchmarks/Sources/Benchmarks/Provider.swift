import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization

/// A provider on loopback: `/token` takes 200 ms, `/quick` none, `/down` breaks off after 300 ms.
final class Provider: Sendable {
    private let server: LoopbackServer
    private let count: Counter

    final class Counter: Sendable {
        let value = Mutex(0)
    }

    init() async throws {
        let count = Counter()
        self.count = count
        server = try await LoopbackServer.scripted { request in
            count.value.withLock { $0 += 1 }
            switch request.url.path {
            case "/down":
                try? await Task.sleep(for: .milliseconds(300))
                return .close
            case "/token":
                try? await Task.sleep(for: .milliseconds(200))
            default:
                break
            }
            let body = #"{"access_token":"token","expires_in":3600,"token_type":"Bearer"}"#
            return .response(
                WireResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
            )
        }
    }

    func url(_ path: String) -> URL { server.url.appending(path: path) }

    func stop() async { await server.stop() }

    /// How many requests some work causes.
    func requests(_ work: () async throws -> Void) async rethrows -> Double {
        let before = count.value.withLock { $0 }
        try await work()
        return Double(count.value.withLock { $0 } - before)
    }

    static func session(at url: URL) throws -> TokenSession {
        let origin = "http://\(url.host() ?? ""):\(url.port ?? 80)"
        return TokenSession(
            dialect: .standard(name: "benchmark", tokenEndpoint: url, apiHosts: [origin]),
            credentials: ClientCredentials(id: "client", secret: "secret")
        )
    }
}
