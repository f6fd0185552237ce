internal import Foundation

/// A session's events from the moment of listening on; each iterator is a listener of its own.
///
/// A listener that is slow loses the oldest of 256 events and is told how many, and never holds up the session. The sequence
/// ends when the session is gone or the task is cancelled.
struct SessionEvents: AsyncSequence, Sendable {
    typealias Element = SessionEvent
    typealias Failure = Never

    private static let limit = 256
    private let hub: EventHub

    init(_ hub: EventHub) {
        self.hub = hub
    }

    func makeAsyncIterator() -> Iterator {
        let (stream, missed) = hub.listen(Self.limit)
        return Iterator(events: stream.makeAsyncIterator(), missed: missed)
    }

    /// One listener.
    struct Iterator: AsyncIteratorProtocol {
        private var events: AsyncStream<SessionEvent>.Iterator
        private let missed: Locked<Int>
        private var waiting: SessionEvent?

        init(events: AsyncStream<SessionEvent>.Iterator, missed: Locked<Int>) {
            self.events = events
            self.missed = missed
        }

        mutating func next(isolation actor: isolated (any Actor)?) async -> SessionEvent? {
            if let event = waiting {
                waiting = nil
                return event
            }
            guard let event = await events.next(isolation: actor) else { return nil }
            let count = missed.withLock { missed in
                defer { missed = 0 }
                return missed
            }
            guard count > 0 else { return event }
            waiting = event
            return SessionEvent(
                .eventsMissed,
                .warning,
                "This listener was too slow and missed \(count) events.",
                ["count": "\(count)"],
                at: event.date
            )
        }
    }
}
