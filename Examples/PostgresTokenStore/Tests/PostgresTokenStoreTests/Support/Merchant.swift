import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Synchronization

/// A provider that rotates refresh tokens and revokes the family of one that is used twice, in this process and by real time.
struct Merchant {
    let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
    let log = Log()

    init(lifetime: Duration? = nil) {
        sandbox.rotation = .rotating
        sandbox.accessTokenLifetime = lifetime
    }

    /// A session of an account, or of the application.
    func session(_ account: String? = "ann", over store: any TokenStore, burst: Int = 10_000) throws -> TokenSession {
        var policy = RenewalPolicy()
        policy.burst = burst
        // A busy machine is no reason to go on without the store.
        policy.timeout = .seconds(60)
        policy.renewalTimeout = .seconds(150)
        return sandbox.session(
            identity: try account.map { .user(try Account($0)) } ?? .client(),
            store: store,
            policy: policy,
            onEvent: { [log] in log.append($0) }
        )
    }

    func signedIn(_ account: String = "ann", over store: any TokenStore) async throws -> TokenSession {
        let session = try session(account, over: store)
        try await session.signIn(with: sandbox.issueCode())
        return session
    }

    /// Whether every renewal was one exchange, and none tripped over another.
    var isClean: Bool {
        let counters = sandbox.counters
        return counters.reuses == 0 && counters.tokenRefusals == 0 && counters.tokenRequests == counters.tokensIssued
    }
}

/// The events of sessions, in order.
final class Log: Sendable {
    private let list = Mutex<[SessionEvent]>([])

    var events: [SessionEvent] { list.withLock { $0 } }

    func append(_ event: SessionEvent) { list.withLock { $0.append(event) } }

    func tells(of words: String) -> Bool { events.contains { $0.message.contains(words) } }
}
