import Synchronization

/// Tells those who wait for an order in this process that it has changed.
final class OrderBoard: Sendable {
    /// Somebody who waits.
    struct Watch: Sendable {
        let changes: AsyncStream<Void>
        fileprivate let order: Order.ID
        fileprivate let number: Int
    }

    private struct State {
        var next = 0
        var watchers: [Order.ID: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    /// Begins to watch an order; ``end(_:)`` has to follow.
    func watch(_ id: Order.ID) -> Watch {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.next += 1
            state.watchers[id, default: [:]][state.next] = continuation
            return state.next
        }
        return Watch(changes: stream, order: id, number: number)
    }

    /// Ends a watch.
    func end(_ watch: Watch) {
        let continuation = state.withLock { state in
            let continuation = state.watchers[watch.order]?.removeValue(forKey: watch.number)
            if state.watchers[watch.order]?.isEmpty == true { state.watchers[watch.order] = nil }
            return continuation
        }
        continuation?.finish()
    }

    /// An order has changed.
    func post(_ id: Order.ID) {
        let watchers = state.withLock { $0.watchers[id].map { Array($0.values) } ?? [] }
        for watcher in watchers { watcher.yield() }
    }
}
