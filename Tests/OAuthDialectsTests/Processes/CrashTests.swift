import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// Processes that die or stop at any moment; `OAUTH_DIALECTS_KILLS` says how many, 1,000 for the figures of the documentation.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct CrashTests {
    private let folder: Folder
    private let store: FileTokenStore

    init() throws {
        folder = try Folder()
        store = FileTokenStore(directory: folder.store)
    }

    @Test func `A process that is killed in the middle of a save leaves the old record or the new one`() async throws {
        let kills = rounds("OAUTH_DIALECTS_KILLS", 40)
        var said = 0
        var reached = 0
        for _ in 0..<kills {
            let worker = try Worker("save", folder.store.path)
            guard let first = await worker.line() else {
                Issue.record("The worker ended by itself.")
                return
            }
            said = Int(first.split(separator: " ")[1]) ?? said
            busyWait(microseconds: Int.random(in: 0..<(Bool.random() ? 3000 : 20_000)))
            await worker.end()
            while let line = await worker.line() { said = Int(line.split(separator: " ")[1]) ?? said }
            let record = try #require(try await store.record(for: Folder.key))
            #expect(record == .numbered(record.generation))
            #expect(record.generation >= said)
            reached = record.generation
            try await store.put(.numbered(reached + 1))
        }
        #expect(folder.names.filter { $0.contains("unreadable") }.isEmpty)
        #expect(folder.names.count <= 3)
        print("killed in the middle of saves: \(kills) times; \(reached) records saved, none torn, none lost")
    }

    @Test func `A stopped process is overtaken after its lease, and what it saves when it goes on is refused`()
        async throws
    {
        try await store.put(.numbered(1))
        let worker = try Worker("hold", folder.store.path, "300")
        #expect(await worker.line() == "held")
        worker.signal(SIGSTOP)
        let start = ContinuousClock.now
        try await store.put(.numbered(2, id: "overtaker"))
        let waited = ContinuousClock.now - start
        #expect(waited >= .seconds(2))
        worker.signal(SIGCONT)
        #expect(await worker.ask("go") == "storeBusy")
        #expect(try await store.record(for: Folder.key)?.id == "overtaker")
        print("a stopped holder of a lease of 0.3 s was overtaken after \(waited)")
    }

    @Test func `A lock is free as soon as its holder is killed`() async throws {
        let worker = try Worker("hold", folder.store.path, "600000")
        #expect(await worker.line() == "held")
        let waiter = Task { [store] in try await store.put(.numbered(7)) }
        await worker.end()
        try await waiter.value
        #expect(try await store.number == 7)
    }

    @Test
    func `Killed in the middle of exchanges, a client asks once more for each kill and never trips reuse detection`()
        async throws
    {
        let kills = rounds("OAUTH_DIALECTS_KILLS", 12)
        let provider = try await SharedProvider(folder.store)
        for _ in 0..<kills {
            let worker = try provider.worker("client")
            #expect(await worker.line() == "ready")
            #expect(await worker.ask("token")?.hasPrefix("token ") == true)
            let before = provider.sandbox.counters.tokenRequests
            worker.say("renew")
            try await provider.sandbox.counters { $0.tokenRequests > before }
            busyWait(microseconds: Int.random(in: 0..<(Bool.random() ? 3000 : 20_000)))
            await worker.end()
        }
        let last = try provider.worker("client")
        #expect(await last.line() == "ready")
        #expect(await last.ask("token")?.hasPrefix("token ") == true)
        let counters = provider.sandbox.counters
        #expect(counters.reuses == 0)
        #expect(counters.tokenRequests <= 2 * kills + 1)
        print("killed in the middle of exchanges: \(kills) times; \(counters.tokenRequests) token requests, no reuse")
    }

    @Test
    func `Killed in the middle of exchanges, a refresh token is presented until the provider answers`()
        async throws
    {
        let kills = rounds("OAUTH_DIALECTS_KILLS", 8) / 2
        let provider = try await SharedProvider(folder.store)
        var seen: [String: Int] = [:]
        for _ in 0..<kills {
            let session = try provider.session("ann")
            let key = session.key(for: provider.sandbox.credentials)
            try await session.signIn(with: provider.sandbox.issueCode())
            for _ in 0..<2 { try await killPresenting(provider) }
            let standing = try #require(try await store.record(for: key)).refreshStanding
            seen["\(standing)", default: 0] += 1
            let before = provider.sandbox.counters.tokenRequests(of: "refresh_token")
            let worker = try provider.worker("ann")
            #expect(await worker.line() == "ready")
            _ = await worker.ask("reject")
            let answer = try #require(await worker.ask("renew"))
            let presented = provider.sandbox.counters.tokenRequests(of: "refresh_token") - before
            if standing == .ready {
                #expect(answer.hasPrefix("token ") && presented == 2)
            } else {
                #expect(answer == "signInRequired" && presented <= 1, "\(standing)")
            }
        }
        let found = seen.map { "\($0.value) × \($0.key)" }.sorted().joined(separator: ", ")
        print("a person's session killed in the middle of exchanges: \(2 * kills) times; left behind: \(found)")
    }

    /// Kills a process of a person's session soon after its refresh token has reached the provider, or its end was seen.
    private func killPresenting(_ provider: SharedProvider) async throws {
        let before = provider.sandbox.counters.tokenRequests(of: "refresh_token")
        let worker = try provider.worker("ann")
        #expect(await worker.line() == "ready")
        worker.say("reject")
        try await provider.sandbox.counters { $0.tokenRequests(of: "refresh_token") > before }
        busyWait(microseconds: Int.random(in: 0..<(Bool.random() ? 3000 : 20_000)))
        await worker.end()
    }

    @Test func `A session that is stopped in the middle of an exchange is overtaken, and its answer does not count`()
        async throws
    {
        let provider = try await SharedProvider(folder.store)
        let stopped = try provider.worker("client", flight: .seconds(1))
        let other = try provider.worker("client", flight: .seconds(30))
        for worker in [stopped, other] { #expect(await worker.line() == "ready") }
        let older = try #require(await stopped.ask("token"))
        #expect(await other.ask("token") == older)
        provider.sandbox.holdAnswers()
        stopped.say("renew")
        try await provider.sandbox.counters { $0.tokenRequests(of: "refresh_token") == 1 }
        stopped.signal(SIGSTOP)
        provider.sandbox.releaseAnswers()
        let newer = try #require(await other.ask("renew"))
        #expect(newer.hasPrefix("token "))
        stopped.signal(SIGCONT)
        _ = await stopped.line()
        // By its own clock the flight may be over before its answer is read: then the older token goes on, which works.
        let served = await stopped.ask("token")
        #expect(served == newer || served == older)
        let after = try provider.worker("client")
        #expect(await after.line() == "ready")
        #expect(await after.ask("token") == newer)
        let counters = provider.sandbox.counters
        #expect(counters.tokenRequests(of: "refresh_token") == 1)
        #expect(counters.reuses == 0)
    }

    /// Spins: what is killed at a random moment is a process, and no clock of this one.
    private func busyWait(microseconds: Int) {
        let end = ContinuousClock.now + .microseconds(microseconds)
        while ContinuousClock.now < end {}
    }
}
