#if os(Linux)
import Foundation
import OAuthDialects

/// Requests while look-ups of other hosts hang.
struct Resolving {
    private let url: URL

    init(_ url: URL) { self.url = url }

    func run() async throws {
        guard let symbol = unsafe dlsym(nil, "hanging_lookups") else { return say("no library is preloaded") }
        let lookups = unsafe symbol.assumingMemoryBound(to: Int32.self)
        _ = await TransportWorker.result(url)
        let start = ContinuousClock.now
        let timedOut = Task {
            let answer = await TransportWorker.result(URL(string: "https://a.hangs.test/")!, .seconds(1))
            return "\(answer) after \(milliseconds(since: start))"
        }
        let cancelled = Task { await TransportWorker.result(URL(string: "https://b.hangs.test/")!) }
        while unsafe lookups.pointee < 2 { await Task.yield() }
        let cancelling = ContinuousClock.now
        cancelled.cancel()
        let answer = await cancelled.value
        say("cancelled \(milliseconds(since: cancelling)) \(answer)")
        var longest = 0
        for _ in 0..<100 {
            let sending = ContinuousClock.now
            let answer = await TransportWorker.result(url)
            guard answer == "status 200" else { return say(answer) }
            longest = max(longest, milliseconds(since: sending))
        }
        say("others \(longest) of \(milliseconds(since: start))")
        say("late \(await timedOut.value)")
        say("after \(await TransportWorker.result(url))")
        exit(0)
    }

    private func milliseconds(since start: ContinuousClock.Instant) -> Int {
        Int((ContinuousClock.now - start) / .milliseconds(1))
    }
}
#endif
