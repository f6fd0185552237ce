#if os(Linux)
import Foundation
import OAuthDialects

/// Runs each job on a thread of its own: after a fork, Swift's threads are gone.
final class ThreadExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// A request before a fork, and one after it in the child.
struct Forking {
    private let url: URL

    init(_ url: URL) { self.url = url }

    func run() async {
        say("parent \(send())")
        let child = fork()
        if child == 0 {
            say("child \(send())")
            exit(0)
        }
        var status: Int32 = 0
        unsafe waitpid(child, &status, 0)
        say("child ended with \(status)")
        say("parent \(send())")
    }

    private func send() -> String {
        let answer = Locked("")
        let hasEnded = DispatchSemaphore(value: 0)
        Task.detached(executorPreference: ThreadExecutor()) { [url] in
            let result = await TransportWorker.result(url)
            answer.withLock { $0 = result }
            hasEnded.signal()
        }
        hasEnded.wait()
        return answer.withLock { $0 }
    }
}

/// A request whose answer does not come.
struct Waiting {
    private let url: URL

    init(_ url: URL) { self.url = url }

    /// The CPU time of three seconds' wait.
    func microseconds() async -> Int {
        _ = await TransportWorker.result(url, .milliseconds(100))
        let before = cpuTime()
        _ = await TransportWorker.result(url, .seconds(3))
        return cpuTime() - before
    }

    private func cpuTime() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        return (user.tv_sec + system.tv_sec) * 1_000_000 + Int(user.tv_usec + system.tv_usec)
    }
}

/// The signals of the thread that carries the transfers: no other thread blocks this one.
struct Signals {
    private let url: URL

    init(_ url: URL) { self.url = url }

    func run() async -> String {
        _ = await TransportWorker.result(url)
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        for thread in threads {
            let file = FileHandle(forReadingAtPath: "/proc/self/task/\(thread)/status")
            let text = String(decoding: (try? file?.readToEnd()) ?? Data(), as: UTF8.self)
            let lines = text.split(separator: "\n")
            let mask = lines.first { $0.hasPrefix("SigBlk:") }?.split(separator: "\t").last
            let signals = mask.flatMap { UInt64($0, radix: 16) } ?? 0
            if signals & (1 << (13 - 1)) != 0 { return "blocked" }
        }
        return "not blocked by any of \(threads.count) threads"
    }
}
#endif
