#if os(Linux)
import Foundation
import OAuthDialects

/// Requests of a process that has no descriptors left.
struct Descriptors {
    private let url: URL
    private let other: URL

    init(_ url: URL, _ other: URL) { (self.url, self.other) = (url, other) }

    func run() async throws {
        // Foundation and Dispatch open some of their own at their first use.
        _ = try? await SystemClock().sleep(until: SystemClock().now)
        _ = TransportWorker.descriptors
        _ = try LibcurlTransport()
        var limit = rlimit()
        unsafe getrlimit(__rlimit_resource_t(7), &limit)
        for target in [url, other] {
            var none = limit
            none.rlim_cur = 3
            unsafe setrlimit(__rlimit_resource_t(7), &none)
            say("without \(await TransportWorker.result(target, .seconds(5)))")
            unsafe setrlimit(__rlimit_resource_t(7), &limit)
            say("with \(await TransportWorker.result(target))")
        }
    }
}

/// Many requests that are cancelled at once.
struct Cancelling {
    private let url: URL

    init(_ url: URL) { self.url = url }

    func run(count: Int) async throws {
        _ = await TransportWorker.result(url.appending(path: "answer"))
        let before = TransportWorker.descriptors
        let tasks = (0..<count).map { _ in Task { await TransportWorker.result(url, .seconds(60)) } }
        await TransportWorker.eventually { TransportWorker.descriptors > before + 200 }
        let start = ContinuousClock.now
        for task in tasks { task.cancel() }
        var cancelled = 0
        for task in tasks where await task.value == "CancellationError()" { cancelled += 1 }
        let duration = Int((ContinuousClock.now - start) / .milliseconds(1))
        say("cancelled \(cancelled) in \(duration)")
        await TransportWorker.eventually { TransportWorker.descriptors <= before }
        say("descriptors as before")
        say(await TransportWorker.result(url.appending(path: "answer")))
    }
}
#endif
