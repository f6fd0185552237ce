/// When each session of a pool is due for renewal, and which sessions are renewing: one heap of deadlines for all of them.
struct PoolUpkeep: Sendable {
    private let concurrency: Int
    private var deadlines = DeadlineHeap<TokenSession>()

    /// The ids of the sessions' deadlines in the heap; 0 for a session that has none.
    private var members: [ObjectIdentifier: UInt64] = [:]
    private var renewing: Set<ObjectIdentifier> = []
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
        members[ObjectIdentifier(session)] = 0
        note(session, at: now)
    }

    mutating func remove(_ session: TokenSession) {
        renewing.remove(ObjectIdentifier(session))
        if let number = members.removeValue(forKey: ObjectIdentifier(session)) { _ = deadlines.remove(number) }
    }

    /// Reads the deadline of a session again.
    ///
    /// It reads under the pool's lock, so that an older reading never replaces a newer one.
    mutating func note(_ session: TokenSession, at now: SessionInstant) {
        let id = ObjectIdentifier(session)
        guard let number = members[id] else { return }
        let (isRenewing, due) = session.upkeep(at: now)
        if isRenewing { renewing.insert(id) } else { renewing.remove(id) }
        _ = deadlines.remove(number)
        members[id] = 0
        guard !isRenewing, let due else { return }
        nextID += 1
        members[id] = nextID
        deadlines.add(session, id: nextID, until: due)
    }

    /// Removes and returns a session that is due, if another renewal may start.
    mutating func takeDue(at now: SessionInstant) -> TokenSession? {
        guard let next, next <= now, let session = deadlines.removeNext(at: now) else { return nil }
        members[ObjectIdentifier(session)] = 0
        return session
    }
}
