/// Which sessions are due when, and how many exchanges are in the air: one order of deadlines for all sessions of a pool.
struct PoolUpkeep: Sendable {
    private let concurrency: Int
    private var deadlines = DeadlineHeap<TokenSession>()

    /// The sessions of the pool, and the numbers under which their deadlines stand; 0 is none.
    private var members: [ObjectIdentifier: UInt64] = [:]
    private var flying: Set<ObjectIdentifier> = []
    private var nextID: UInt64 = 0

    init(concurrency: Int) {
        self.concurrency = max(concurrency, 1)
    }

    /// When the next session is due; `nil` while none may be begun.
    var next: SessionInstant? { flying.count < concurrency ? deadlines.first : nil }

    /// Whether nothing is in the air, and nothing due.
    func isSettled(at now: SessionInstant) -> Bool {
        flying.isEmpty && deadlines.first.map { now < $0 } ?? true
    }

    mutating func join(_ session: TokenSession, at now: SessionInstant) {
        members[ObjectIdentifier(session)] = 0
        note(session, at: now)
    }

    mutating func leave(_ session: TokenSession) {
        flying.remove(ObjectIdentifier(session))
        if let number = members.removeValue(forKey: ObjectIdentifier(session)) { _ = deadlines.remove(number) }
    }

    /// Looks at a member anew.
    ///
    /// It is read under the pool's lock, so that what was seen first is never noted last.
    mutating func note(_ session: TokenSession, at now: SessionInstant) {
        let id = ObjectIdentifier(session)
        guard let number = members[id] else { return }
        let (isFlying, due) = session.upkeep(at: now)
        if isFlying { flying.insert(id) } else { flying.remove(id) }
        _ = deadlines.remove(number)
        members[id] = 0
        guard !isFlying, let due else { return }
        nextID += 1
        members[id] = nextID
        deadlines.add(session, id: nextID, until: due)
    }

    /// Takes a session that is due, if one may be begun.
    mutating func takeDue(at now: SessionInstant) -> TokenSession? {
        guard let next, next <= now, let session = deadlines.removeNext(at: now) else { return nil }
        members[ObjectIdentifier(session)] = 0
        return session
    }
}
