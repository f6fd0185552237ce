/// Hands events to any number of listeners and waits for none of them.
final class EventHub: Sendable {
    /// `nil` once there is nothing more to come.
    private let listeners = Locked<[UInt64: Listener]?>([:])

    /// One listener's queue, and how much of it was lost.
    struct Listener: Sendable {
        let continuation: AsyncStream<SessionEvent>.Continuation
        let missed: Locked<Int>
    }

    var count: Int { listeners.withLock { $0?.count ?? 0 } }

    func send(_ event: SessionEvent) {
        for listener in listeners.withLock({ Array(($0 ?? [:]).values) }) {
            if case .dropped = listener.continuation.yield(event) { listener.missed.withLock { $0 += 1 } }
        }
    }

    func listen(_ limit: Int) -> (AsyncStream<SessionEvent>, Locked<Int>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: SessionEvent.self,
            bufferingPolicy: .bufferingNewest(limit)
        )
        let missed = Locked(0)
        let id = listeners.withLock { listeners -> UInt64? in
            guard let ids = listeners?.keys else { return nil }
            let id = (ids.max() ?? 0) + 1
            listeners?[id] = Listener(continuation: continuation, missed: missed)
            return id
        }
        guard let id else {
            continuation.finish()
            return (stream, missed)
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0?.removeValue(forKey: id) }
        }
        return (stream, missed)
    }

    /// Ends every listener's sequence, and those of listeners to come.
    func finish() {
        let all = listeners.withLock { listeners in
            defer { listeners = nil }
            return Array((listeners ?? [:]).values)
        }
        for listener in all { listener.continuation.finish() }
    }
}
