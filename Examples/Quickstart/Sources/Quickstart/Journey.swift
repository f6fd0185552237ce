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

    /// How many calls the app made, and how many of them it felt something of.
    private(set) var calls = (made: 0, failed: 0)

    init(_ provider: Provider, _ sandbox: ProviderSandbox, at root: URL, _ timeline: Timeline) {
        self.provider = provider
        self.sandbox = sandbox
        self.timeline = timeline
        self.root = root
        let dialect = sandbox.dialect(at: root)
        transport = Wiretap(SystemTransport.system, dialect, timeline)
        var policy = RenewalPolicy()
        // The standard waits up to 5 min between attempts; this provider is not down for as long as that.
        policy.backoff = .milliseconds(400)...(.seconds(1))
        session = TokenSession(
            dialect: dialect,
            credentials: sandbox.credentials,
            transport: transport,
            policy: policy,
            onEvent: timeline.session
        )
    }

    func travel() async throws {
        sandbox.accessTokenLifetime = .seconds(4)
        try await acquire()
        try await use()
        try await renew()
        // Long enough to outlive an outage on a machine that is busy.
        sandbox.accessTokenLifetime = .seconds(8)
        try await recoverFromRevocation()
        try await reauthenticate()
        try await outliveAnOutage()
        timeline.check(sandbox.complaints.isEmpty, "the provider had nothing to complain about")
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

    /// What the sandbox counts while something is done.
    func counting(_ body: () async throws -> Void) async throws -> Change {
        let before = sandbox.counters
        try await body()
        return Change(before: before, after: sandbox.counters)
    }

    /// Waits until the session's token is due.
    func waitUntilDue() async throws {
        guard let due = session.status.nextAt else { return }
        let seconds = max(0, due.timeIntervalSinceNow)
        timeline.app("waits \(seconds.formatted(.number.precision(.fractionLength(1)))) s, until the token is due")
        try await Task.sleep(for: .seconds(seconds + 0.05))
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

/// What a step made the sandbox count.
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
