import Dispatch

/// Where a connection's blocking calls run: a thread that is none of the concurrency pool's.
final class ConnectionThread: SerialExecutor {
    private let queue = DispatchQueue(label: "PostgresTokenStore.ConnectionThread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
