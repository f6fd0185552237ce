import Synchronization

/// The work that a shop's ``Shop/run()`` owns: orders to look at, and jobs that end whether their caller waits or not.
final class WorkQueue: Sendable {
    /// Something to do.
    enum Work: Sendable {
        case order(Order.ID)
        case job(@Sendable () async -> Void)
    }

    private struct State {
        var isOpen = false
        var works: [Work] = []
        var queued: Set<Order.ID> = []
        /// Orders that a task of this process works on, and whether it has to look again afterwards.
        var busy: [Order.ID: Bool] = [:]
        var takers: [CheckedContinuation<Work?, Never>] = []
    }

    private let state = Mutex(State())

    /// Opens the queue.
    ///
    /// - Returns: whether it was closed.
    func open() -> Bool {
        state.withLock { state in
            defer { state.isOpen = true }
            return !state.isOpen
        }
    }

    /// Takes no more work; jobs that wait are still handed out, orders are left to the next timer.
    func close() {
        let takers = state.withLock { state in
            state.isOpen = false
            state.queued = []
            state.works.removeAll { if case .order = $0 { true } else { false } }
            defer { state.takers = [] }
            return state.takers
        }
        for taker in takers { taker.resume(returning: nil) }
    }

    /// Adds work, at the front if somebody waits for it.
    ///
    /// - Returns: `false` if nobody takes work from the queue.
    func submit(_ work: Work, isUrgent: Bool = false) -> Bool {
        let (isOpen, taker) = state.withLock { state -> (Bool, CheckedContinuation<Work?, Never>?) in
            guard state.isOpen else { return (false, nil) }
            if !state.takers.isEmpty { return (true, state.takers.removeFirst()) }
            if case .order(let id) = work, !state.queued.insert(id).inserted { return (true, nil) }
            if isUrgent { state.works.insert(work, at: 0) } else { state.works.append(work) }
            return (true, nil)
        }
        taker?.resume(returning: work)
        return isOpen
    }

    /// The next work; `nil` once the queue is closed and its jobs are handed out.
    func next() async -> Work? {
        await withCheckedContinuation { continuation in
            let work = state.withLock { state -> Work?? in
                if !state.works.isEmpty {
                    let work = state.works.removeFirst()
                    if case .order(let id) = work { state.queued.remove(id) }
                    return work
                }
                if !state.isOpen { return .some(nil) }
                state.takers.append(continuation)
                return nil
            }
            if let work { continuation.resume(returning: work) }
        }
    }

    /// Begins to work on an order; if another task of this process does, that one looks again.
    func begin(_ id: Order.ID) -> Bool {
        state.withLock { state in
            if state.busy[id] != nil {
                state.busy[id] = true
                return false
            }
            state.busy[id] = false
            return true
        }
    }

    /// Ends a look at an order.
    ///
    /// - Returns: whether to look again.
    func mustGoOn(_ id: Order.ID) -> Bool {
        state.withLock { state in
            let again = state.busy[id] == true
            state.busy[id] = again ? false : nil
            return again
        }
    }
}
