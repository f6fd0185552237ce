import Foundation
import OAuthDialects
import OAuthDialectsTesting

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One session with one provider, from its first token to an outage.
final class Journey {
    let provider: Provider
    let sandbox: ProviderSandbox
    let timeline: Timeline
    let session: TokenSession
    let transport: Wiretap
    let root: URL

    /// How many calls the app made, and how many of them failed.
    private(set) var calls = (made: 0, failed: 0)

    init(_ provider: Provider, _ sandbox: ProviderSandbox, at root: URL, _ timeline: Timeline) {
        self.provider = provider
        self.sandbox = sandbox
        self.timeline = timeline
        self.root = root
        let dialect = sandbox.dialect(at: root)
        transport = Wiretap(SystemTransport.system, dialect, timeline)
        var policy = RenewalPolicy()
        // The default waits up to 5 min between attempts; this outage is over within a second.
        policy.backoff = .milliseconds(200)...(.milliseconds(600))
        session = TokenSession(
            dialect: dialect,
            credentials: sandbox.credentials,
            transport: transport,
            policy: policy,
            onEvent: timeline.session
        )
    }

    func travel() async throws {
        sandbox.accessTokenLifetime = .seconds(3)
        try await acquire()
        try await use()
        try await serveCrowd()
        try await renew()
        // Long enough to outlast an outage on a busy machine.
        sandbox.accessTokenLifetime = .seconds(5)
        try await recoverFromRevocation()
        try await reauthenticate()
        try await outlastAnOutage()
        timeline.check(sandbox.complaints.isEmpty, "no request was incorrect")
    }

    /// An authorized request, as an app makes it.
    func call() async throws -> Int {
        calls.made += 1
        timeline.app("session.data(for: \(provider.path))")
        do {
            let (_, response) = try await session.data(for: URLRequest(url: root.appending(path: provider.path)))
            if response.statusCode != 200 { calls.failed += 1 }
            return response.statusCode
        } catch {
            calls.failed += 1
            throw error
        }
    }

    /// Performs something, and returns the change of the sandbox's counters.
    func counting(_ body: () async throws -> Void) async throws -> Change {
        let before = sandbox.counters
        try await body()
        return Change(before: before, after: sandbox.counters)
    }

    /// Waits until the session's token is due for renewal, and shows the rest of its lifetime.
    func waitUntilDue() async throws {
        guard let due = session.status.nextAt, let end = session.status.expiresAt else { return }
        let lifetime = (sandbox.accessTokenLifetime ?? .zero) / .seconds(1)
        let seconds = max(0, due.timeIntervalSinceNow)
        timeline.app("waits \(seconds.formatted(.number.precision(.fractionLength(1)))) s, until the token is due")
        while case let rest = due.timeIntervalSinceNow, rest > -0.05 {
            timeline.show(LifetimeBar(lifetime: lifetime, left: end.timeIntervalSinceNow, untilRenewal: rest))
            try await Task.sleep(for: .seconds(min(0.1, rest + 0.06)))
        }
    }

    /// Waits until something is so, for 10 s at most.
    func eventually(_ condition: () -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while !condition() {
            guard ContinuousClock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }
}

/// The change of a sandbox's counters.
struct Change {
    let before: SandboxCounters
    let after: SandboxCounters

    var exchanges: Int { after.tokenRequests - before.tokenRequests }
    var refusals: Int { after.tokenRefusals - before.tokenRefusals }
    var rejections: Int { after.rejections - before.rejections }
    var requests: Int { after.resourceRequests - before.resourceRequests }
    var faults: Int { after.faults - before.faults }

    func exchanges(of grant: String) -> Int {
        after.tokenRequests(of: grant) - before.tokenRequests(of: grant)
    }
}
