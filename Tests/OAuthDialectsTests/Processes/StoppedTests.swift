#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// A process that is stopped in an exchange; `OAUTH_DIALECTS_STOP` says for how many seconds, with the default timeouts.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct StoppedTests {
    @Test func `The answer to an exchange in which the process was stopped is used and stored`() async throws {
        let seconds = rounds("OAUTH_DIALECTS_STOP", 0)
        let exchange = RenewalPolicy.standard.exchangeLimits.timeout
        try await stop(seconds > 0 ? .seconds(seconds) : .seconds(3), exchange: seconds > 0 ? exchange : .seconds(1))
    }

    @Test func `So it is when the session's own timer is late, too`() async throws {
        try await stop(.seconds(5), flight: .seconds(1), exchange: .seconds(1))
    }

    /// Tries again if the process was not stopped before the exchange was over, on a busy machine.
    private func stop(
        _ duration: Duration,
        flight: Duration = RenewalPolicy.standard.renewalTimeout,
        exchange: Duration
    ) async throws {
        while try await !isStopped(for: duration, flight, exchange) { try Task.checkCancellation() }
    }

    private func isStopped(
        for duration: Duration,
        _ flight: Duration,
        _ exchange: Duration
    ) async throws -> Bool {
        let folder = try Folder()
        let provider = try await SharedProvider(folder.store)
        let session = try provider.session("ann")
        try await session.signIn(with: provider.sandbox.issueCode())
        let key = session.key(for: provider.sandbox.credentials)
        let store = FileTokenStore(directory: folder.store)
        let worker = try provider.worker("ann", flight: flight, exchange: exchange)
        #expect(await worker.line() == "ready")
        let older = try #require(await worker.ask("token"))
        provider.sandbox.holdAnswers()
        let start = ContinuousClock.now
        worker.say("renew")
        try await provider.sandbox.counters { $0.tokenRequests(of: "refresh_token") == 1 }
        await worker.stop()
        if ContinuousClock.now - start > min(flight, exchange) / 2 { return false }
        provider.sandbox.releaseAnswers()
        // How long the process is stopped is what this is about.
        try await Task.sleep(for: duration)
        worker.signal(SIGCONT)
        let answer = await worker.line()
        await eventually { (try? await store.record(for: key))?.generation == 2 }
        #expect(try await store.record(for: key)?.refreshStanding == .ready)
        // Callers get the older token, which works, until the newer one is stored.
        var newer: String?
        await eventually {
            newer = await worker.ask("token")
            return newer != older
        }
        #expect(newer?.hasPrefix("token ") == true)
        let after = try provider.worker("ann")
        #expect(await after.line() == "ready")
        #expect(await after.ask("token") == newer)
        let counters = provider.sandbox.counters
        #expect(counters.tokenRequests(of: "refresh_token") == 1)
        #expect(counters.reuses == 0)
        let what = answer == newer ? "its caller got the token" : "its caller got \(answer ?? "nothing")"
        print("stopped for \(duration) in an exchange of \(exchange) at most: \(what); 1 refresh, 0 reuses")
        return true
    }
}
#endif
