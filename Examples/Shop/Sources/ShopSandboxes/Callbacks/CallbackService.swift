/// The work that the providers do by themselves, in tasks that end with ``stop()``: callbacks, and bookings at the cinema.
final class CallbackService: Sendable {
    /// One piece of work.
    typealias Work = @Sendable () async -> Void

    private let queue: AsyncStream<Work>.Continuation
    private let worker: Task<Void, Never>

    init() {
        let (works, queue) = AsyncStream.makeStream(of: Work.self)
        self.queue = queue
        worker = Task {
            await withDiscardingTaskGroup { group in
                for await work in works { group.addTask { await work() } }
            }
        }
    }

    func add(_ work: @escaping Work) {
        queue.yield(work)
    }

    /// Cancels what is under way, and returns when it has ended.
    func stop() async {
        queue.finish()
        worker.cancel()
        await worker.value
    }
}
