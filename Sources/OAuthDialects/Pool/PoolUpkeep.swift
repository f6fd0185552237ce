/// When each session of a pool is due for renewal, and which sessions are renewing: one heap of deadlines for all of them.
struct PoolUpkeep: Sendable {
    private let concurrency: Int
    private var deadlines = DeadlineHeap<TokenSession>()

    /// The sessions' deadlines in the heap; the id 0 for a session that has none.
    private var members: [ObjectIdentifier: (id: UInt64, due: SessionInstant)] = [:]
    private var renewing: Set<ObjectIdentifier> = []

    /// The renewals that upkeep started before callers waited for them: when they were due, and from when callers wait.
    private var starts: [ObjectIdentifier: (due: SessionInstant, callersWait: SessionInstant)] = [:]
    private var lastDelay: SessionInstant?
    /// When as many renewals ran as may.
    private var lastFull: SessionInstant?
    private var nextID: UInt64 = 0

    init(concurrency: Int) {
        self.concurrency = max(concurrency, 1)
    }

    /// When the next session is due; `nil` while no other renewal may start.
    var next: SessionInstant? { renewing.count < concurrency ? deadlines.first : nil }

    /// Whether no renewal is running and none is due.
    func isSettled(at now: SessionInstant) -> Bool {
        renewing.isEmpty && deadlines.first.map { now < $0 } ?? true
    }

    mutating func add(_ session: TokenSession, at now: SessionInstant) {
        members[ObjectIdentifier(session)] = (0, now)
        _ = note(session, at: now)
    }

    mutating func remove(_ session: TokenSession) {
        let id = ObjectIdentifier(session)
        renewing.remove(id)
        starts[id] = nil
        if let member = members.removeValue(forKey: id) { _ = deadlines.remove(member.id) }
    }

    /// Reads the deadline of a session again.
    ///
    /// It reads under the pool's lock, so that an older reading never replaces a newer one.
    ///
    /// - Returns: the delay of a renewal that has ended, if it is to be told.
    mutating func note(_ session: TokenSession, at now: SessionInstant) -> UpkeepDelay? {
        let id = ObjectIdentifier(session)
        guard let member = members[id] else { return nil }
        let (isRenewing, due) = session.upkeep(at: now)
        _ = deadlines.remove(member.id)
        members[id] = (0, now)
        guard !isRenewing else {
            renewing.insert(id)
            return nil
        }
        let hasEnded = renewing.remove(id) != nil
        if let due {
            nextID += 1
            // A token that arrives late may be due already, which upkeep knows only now.
            members[id] = (nextID, hasEnded ? max(due, now) : due)
            deadlines.add(session, id: nextID, until: due)
        }
        // A renewal that failed left the token as it was, and has events of its own.
        guard hasEnded, let start = starts.removeValue(forKey: id), start.callersWait <= now,
            session.callersWaitFrom != start.callersWait, isNews(at: now)
        else { return nil }
        let why = "it waited for a connection, for the store's lock, or for the provider"
        return UpkeepDelay(wait: now - start.due, why: why)
    }

    /// Removes and returns a session that is due, if another renewal may start, and its delay, if it is to be told.
    mutating func takeDue(at now: SessionInstant) -> (session: TokenSession, delay: UpkeepDelay?)? {
        guard let next, next <= now, let session = deadlines.removeNext(at: now) else { return nil }
        let id = ObjectIdentifier(session)
        let due = members[id]?.due ?? now
        members[id] = (0, now)
        if renewing.count + 1 >= concurrency { lastFull = now }
        guard let callersWait = session.callersWaitFrom, due < callersWait else { return (session, nil) }
        guard callersWait <= now else {
            starts[id] = (due, callersWait)
            return (session, nil)
        }
        guard isNews(at: now) else { return (session, nil) }
        let wasFull = lastFull.map { $0 >= due } ?? false
        let why = wasFull ? "\(concurrency) renewals were running" : "the process did not run, or was busy"
        return (session, UpkeepDelay(wait: now - due, why: why))
    }

    private mutating func isNews(at now: SessionInstant) -> Bool {
        defer { lastDelay = now }
        return lastDelay.map { now - $0 > .seconds(60) } ?? true
    }
}
