internal import Foundation

/// Sends events to any number of listeners and waits for none of them.
final class EventHub: Sendable {
    struct Listener: Sendable {
        let continuation: AsyncStream<SessionEvent>.Continuation
        let missed: Locked<Int>
    }

    /// What every event says about the session.
    let names: [String: String]

    /// `nil` once the session is gone.
    private let listeners = Locked<[UUID: Listener]?>([:])

    init(names: [String: String]) { self.names = names }

    var count: Int { listeners.withLock { $0?.count ?? 0 } }

    func send(_ event: SessionEvent) {
        for listener in listeners.withLock({ Array(($0 ?? [:]).values) }) {
            if case .dropped = listener.continuation.yield(event) { listener.missed.withLock { $0 += 1 } }
        }
    }

    func listen() -> SessionEvents.Iterator {
        let (stream, continuation) = AsyncStream.makeStream(
            of: SessionEvent.self,
            bufferingPolicy: .bufferingNewest(256)
        )
        let (id, missed) = (UUID(), Locked(0))
        let isOpen = listeners.withLock { listeners in
            listeners?[id] = Listener(continuation: continuation, missed: missed)
            return listeners != nil
        }
        continuation.onTermination = { [weak self] _ in self?.listeners.withLock { _ = $0?.removeValue(forKey: id) } }
        if !isOpen { continuation.finish() }
        return SessionEvents.Iterator(events: stream.makeAsyncIterator(), missed: missed, names: names)
    }

    /// Ends the sequences of all listeners, and of those to come.
    func finish() {
        let all = listeners.withLock { listeners in
            defer { listeners = nil }
            return listeners ?? [:]
        }
        for listener in all.values { listener.continuation.finish() }
    }
}

/// A session's events from now on; each iterator is a listener of its own.
struct SessionEvents: AsyncSequence, Sendable {
    typealias Element = SessionEvent
    typealias Failure = Never

    let hub: EventHub

    func makeAsyncIterator() -> Iterator { hub.listen() }

    struct Iterator: AsyncIteratorProtocol {
        var events: AsyncStream<SessionEvent>.Iterator
        let missed: Locked<Int>
        let names: [String: String]
        /// The event that follows ``SessionEvent/Name/eventsMissed``.
        private(set) var next: SessionEvent?

        init(events: AsyncStream<SessionEvent>.Iterator, missed: Locked<Int>, names: [String: String]) {
            (self.events, self.missed, self.names) = (events, missed, names)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async -> SessionEvent? {
            if let event = next.take() { return event }
            guard let event = await events.next(isolation: actor) else { return nil }
            let count = missed.withLock { count in
                defer { count = 0 }
                return count
            }
            guard count > 0 else { return event }
            next = event
            let message = "This listener was too slow and missed \(count) events."
            return SessionEvent(.eventsMissed, .warning, message, ["count": "\(count)"], at: event.date).naming(names)
        }
    }
}
