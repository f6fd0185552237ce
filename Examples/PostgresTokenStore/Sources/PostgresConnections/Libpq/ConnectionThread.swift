import Dispatch

/// Runs a connection's blocking calls outside the concurrency pool.
final class ConnectionThread: SerialExecutor {
    private let queue = DispatchQueue(label: "PostgresConnections.ConnectionThread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
