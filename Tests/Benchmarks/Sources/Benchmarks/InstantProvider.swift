import Foundation
import OAuthDialects
import Synchronization

/// A provider in memory: it answers every token request after a while, and counts them.
final class InstantProvider: WireTransport {
    private let count = Mutex(0)
    private let delay: Duration
    private let lifetime: Int

    init(lifetime: Int, delay: Duration = .zero) {
        self.lifetime = lifetime
        self.delay = delay
    }

    var requests: Int { count.withLock { $0 } }

    func send(_ request: WireRequest, _ limits: WireLimits) async throws -> WireResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if delay > .zero { try await Task.sleep(for: delay) }
        let body = #"{"access_token":"token-\#(number)","expires_in":\#(lifetime),"token_type":"Bearer"}"#
        return WireResponse(status: 200, body: Data(body.utf8))
    }

    func session(_ policy: RenewalPolicy = RenewalPolicy(), clock: any SessionClock = .system) -> TokenSession {
        TokenSession(
            dialect: .weTix(.sandbox),
            credentials: ClientCredentials(id: "id", secret: "secret"),
            transport: self,
            policy: policy,
            clock: clock
        )
    }

    /// A session with a token in hand.
    func warmSession() async throws -> TokenSession {
        let session = session()
        _ = try await session.accessToken()
        return session
    }
}
