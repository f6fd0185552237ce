/// Keeps the sessions of a pool fresh: begins what is due, and looks anew at whatever changes.
final class PoolKeeper: Sendable {
    private let clock: any SessionClock
    private let upkeep: Locked<PoolUpkeep>

    /// Tells ``run()`` that something else comes next.
    private let changes = Locked<AsyncStream<Void>.Continuation?>(nil)

    init(clock: any SessionClock, concurrency: Int) {
        self.clock = clock
        upkeep = Locked(PoolUpkeep(concurrency: concurrency))
    }

    func join(_ session: TokenSession) { change { $0.join(session, at: $1) } }
    func leave(_ session: TokenSession) { change { upkeep, _ in upkeep.leave(session) } }
    func note(_ session: TokenSession) { change { $0.note(session, at: $1) } }

    /// Whether nothing is in the air, and nothing due.
    var isSettled: Bool { upkeep.withLock { $0.isSettled(at: clock.now) } }

    func run() async {
        while !Task.isCancelled {
            // Listens before it looks: what changes in between is heard.
            let changes = AsyncStream<Void>(bufferingPolicy: .bufferingNewest(1)) { continuation in
                self.changes.withLock { $0 = continuation }
            }
            while let session = upkeep.withLock({ $0.takeDue(at: clock.now) }) {
                session.startUpkeep()
                note(session)
            }
            await clock.wait(until: upkeep.withLock(\.next), or: changes)
        }
    }

    private func change(_ body: (inout PoolUpkeep, SessionInstant) -> Void) {
        let now = clock.now
        let isNews = upkeep.withLock { upkeep in
            let before = upkeep.next
            body(&upkeep, now)
            return upkeep.next != before
        }
        if isNews { changes.withLock(\.self)?.yield() }
    }
}
