import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Several processes, one token; `OAUTH_DIALECTS_RENEWALS` says for how many renewals of a token of one second.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct SharingTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    @Test func `Eight processes make one exchange for each renewal, and nobody is signed out`() async throws {
        let provider = try await SharedProvider(folder.store, lifetime: .seconds(1))
        let session = try provider.session("ann")
        try await session.signIn(with: provider.sandbox.issueCode())
        let workers = try (0..<8).map { _ in try provider.worker("ann") }
        for worker in workers { #expect(await worker.line() == "ready") }
        let seconds = rounds("OAUTH_DIALECTS_RENEWALS", 4)
        for worker in workers { worker.say("keep \(seconds)") }
        var delays = 0
        for worker in workers {
            let words = try #require(await worker.line()).split(separator: " ")
            #expect(words.prefix(2) == ["failures", "0"])
            delays += Int(words[3]) ?? 0
        }
        let store = FileTokenStore(directory: folder.store)
        let key = session.key(for: provider.sandbox.credentials)
        // A renewal that began behind the last callers may still be on its way into the store.
        await eventually {
            let number = (try? await store.record(for: key))?.generation
            return number == provider.sandbox.counters.tokensIssued
        }
        let counters = provider.sandbox.counters
        #expect(counters.reuses == 0)
        #expect(counters.tokenRefusals == 0)
        #expect(counters.tokenRequests == counters.tokensIssued)
        #expect(counters.tokensIssued >= seconds / 2)
        print(
            "8 processes: \(counters.tokensIssued) generations by \(counters.tokenRequests) exchanges in \(seconds) s, \(delays) calls put off"
        )
    }

    @Test func `Whoever signs out during another's exchange ends the session for all, and nothing comes back`()
        async throws
    {
        let provider = try await SharedProvider(folder.store)
        try await provider.session("ann").signIn(with: provider.sandbox.issueCode())
        let workers = try (0..<4).map { _ in try provider.worker("ann") }
        for worker in workers {
            #expect(await worker.line() == "ready")
            #expect(await worker.ask("token")?.hasPrefix("token ") == true)
        }
        provider.sandbox.holdAnswers()
        workers[0].say("renew")
        try await provider.sandbox.counters { $0.tokenRequests(of: "refresh_token") == 1 }
        workers[1].say("out")
        provider.sandbox.releaseAnswers()
        #expect(await workers[1].line() == "out")
        _ = await workers[0].line()
        let before = provider.sandbox.counters.tokenRequests
        for worker in workers { #expect(await worker.ask("renew") == "signedOut") }
        for worker in workers { #expect(await worker.ask("token") == "signedOut") }
        let after = try provider.worker("ann")
        #expect(await after.line() == "ready")
        #expect(await after.ask("token") == "signedOut")
        #expect(provider.sandbox.counters.tokenRequests == before)
        #expect(provider.sandbox.counters.reuses == 0)
    }
}
