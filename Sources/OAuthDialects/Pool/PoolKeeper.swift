/// Renews the tokens of a pool's sessions: starts renewals that are due, and reads a session's deadline again when it changes.
final class PoolKeeper: Sendable {
    private let clock: any SessionClock
    private let upkeep: Locked<PoolUpkeep>

    /// Tells ``run()`` that the next deadline has changed.
    private let changes = Locked<AsyncStream<Void>.Continuation?>(nil)

    init(clock: any SessionClock, concurrency: Int) {
        self.clock = clock
        upkeep = Locked(PoolUpkeep(concurrency: concurrency))
    }

    func add(_ session: TokenSession) { change { $0.add(session, at: $1) } }
    func remove(_ session: TokenSession) { change { upkeep, _ in upkeep.remove(session) } }
    func note(_ session: TokenSession) {
        if let delay = change({ $0.note(session, at: $1) }) { session.tellDelay(delay) }
    }

    /// Whether no renewal is running and none is due.
    var isSettled: Bool { upkeep.withLock { $0.isSettled(at: clock.now) } }

    func run() async {
        while !Task.isCancelled {
            // Listens before it looks, so that it misses no change in between.
            let changes = AsyncStream<Void>(bufferingPolicy: .bufferingNewest(1)) { continuation in
                self.changes.withLock { $0 = continuation }
            }
            while let due = upkeep.withLock({ $0.takeDue(at: clock.now) }) {
                if let delay = due.delay { due.session.tellDelay(delay) }
                due.session.startUpkeep()
                note(due.session)
            }
            await clock.wait(until: upkeep.withLock(\.next), or: changes)
        }
    }

    private func change<Result>(_ body: (inout PoolUpkeep, SessionInstant) -> Result) -> Result {
        let now = clock.now
        let (result, hasChanged) = upkeep.withLock { upkeep in
            let before = upkeep.next
            let result = body(&upkeep, now)
            return (result, upkeep.next != before)
        }
        if hasChanged { changes.withLock(\.self)?.yield() }
        return result
    }
}
