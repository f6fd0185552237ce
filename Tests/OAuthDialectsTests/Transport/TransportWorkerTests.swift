#if os(Linux)
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What libcurl does to a process as a whole, in processes of their own.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct TransportWorkerTests {
    private func number(_ line: String, _ index: Int) -> Int {
        let words = line.split(separator: " ")
        return index < words.count ? Int(words[index]) ?? .max : .max
    }

    @Test func `Look-ups that hang hold up neither their callers nor other requests`() async throws {
        let library = try await HangingLookups()
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let worker = try Worker(
            Worker.executable("TransportWorker"),
            ["resolve", server.url.absoluteString],
            ["LD_PRELOAD": library.file]
        )
        var lines: [String] = []
        while let line = await worker.line() { lines.append(line) }
        let leaving = ContinuousClock.now
        #expect(await worker.status() == 0)
        try #require(lines.count == 4, "\(lines)")
        #expect(lines[0].hasSuffix("CancellationError()"))
        // Well below the eight seconds of a look-up, also on a busy machine.
        #expect(number(lines[0], 1) < 6000)
        #expect(number(lines[1], 1) < 6000)
        #expect(lines[2].hasPrefix("late timedOut unsent No connection to a.hangs.test could be made in time"))
        #expect(number(lines[2], lines[2].split(separator: " ").count - 1) < 6000)
        #expect(lines[3] == "after status 200")
        print("hanging look-ups: \(lines), gone after \(ContinuousClock.now - leaving)")
        await server.stop()
    }

    @Test func `A process exits cleanly with fifty TLS transfers in the air`() async throws {
        let authority = try await TestAuthority()
        let server = try await TLSServer(authority.certificate())
        let times = rounds("OAUTH_DIALECTS_EXITS", 20)
        let folder = FileManager.default.temporaryDirectory.appending(path: "OAuthDialects-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 0..<times {
            let delay = "\(Int.random(in: 0..<20_000))"
            let lines = try await transportWorker(
                "exit",
                server.url.absoluteString,
                authority.file,
                delay,
                variables: ["TMPDIR": folder.path]
            )
            #expect(lines.last == "exit 0", "\(lines) after \(delay) µs")
            #expect(lines.first == "status 200")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        print("exits with transfers in the air: \(times)")
        await server.stop()
    }

    @Test func `Without descriptors a request says that nothing was sent, and later ones work again`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let other = try await LoopbackServer { _ in WireResponse(status: 200) }
        let lines = try await transportWorker("descriptors", server.url.absoluteString, other.url.absoluteString)
        try #require(lines.count == 5, "\(lines)")
        for index in [0, 2] { #expect(lines[index].hasPrefix("without notConnected unsent "), "\(lines)") }
        for index in [1, 3] { #expect(lines[index] == "with status 200") }
        #expect(lines[4] == "exit 0")
        await server.stop()
        await other.stop()
    }

    @Test func `Ten thousand requests that are cancelled at once leave no descriptor behind`() async throws {
        let server = try await LoopbackServer.scripted { request in
            request.url.path().hasSuffix("answer") ? .response(WireResponse(status: 200)) : .hang
        }
        let lines = try await transportWorker("cancel", server.url.absoluteString, "10000")
        #expect(lines.first?.hasPrefix("cancelled 10000 in ") == true, "\(lines)")
        #expect(lines.dropFirst() == ["descriptors as before", "status 200", "exit 0"])
        print("ten thousand transfers: \(lines.first ?? "") ms")
        await server.stop()
    }

    #if !TSAN
    // The sanitizer ends a process that starts threads after a fork.
    @Test func `Requests work on both sides of a fork`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let lines = try await transportWorker("fork", server.url.absoluteString)
        #expect(
            lines == ["parent status 200", "child status 200", "child ended with 0", "parent status 200", "exit 0"]
        )
        await server.stop()
    }
    #endif

    @Test func `A request that waits for three seconds takes hardly any CPU time`() async throws {
        let server = try await LoopbackServer.scripted { _ in .hang }
        let lines = try await transportWorker("wait", server.url.absoluteString)
        // In microseconds; a transport that asks again and again burns three million.
        #expect(number(lines[0], 1) <= 100_000, "\(lines)")
        print("three seconds' wait: \(lines[0])")
        await server.stop()
    }

    @Test func `A broken pipe does not end the process`() async throws {
        let server = try await LoopbackServer { _ in WireResponse(status: 200) }
        let lines = try await transportWorker("signals", server.url.absoluteString)
        #expect(lines == ["blocked", "exit 0"])
        await server.stop()
    }
}

/// The lines of a worker that has ended, and its exit status.
func transportWorker(_ words: String..., variables: [String: String] = [:]) async throws -> [String] {
    let worker = try Worker(Worker.executable("TransportWorker"), words, variables)
    var lines: [String] = []
    while let line = await worker.line() { lines.append(line) }
    lines.append("exit \(await worker.status())")
    return lines
}
#endif
