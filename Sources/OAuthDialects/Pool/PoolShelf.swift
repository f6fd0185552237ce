/// The sessions of a pool: those that were asked for of late, those that were not, and those that only others hold any more.
///
/// Where the late ones are half of what the pool may hold, the others are let go, and the late ones take their place: whoever is
/// asked for at least once in a while is never let go, and nothing has to be kept in order.
struct PoolShelf: Sendable {
    private struct Lent: Sendable {
        weak let session: TokenSession?
    }

    private let capacity: Int
    private var clients: Set<PoolClient> = []
    private var recent: [PoolKey: TokenSession] = [:]
    private var older: [PoolKey: TokenSession] = [:]
    private var lent: [PoolKey: Lent] = [:]

    init(capacity: Int) {
        self.capacity = max(capacity, 2)
    }

    var count: Int { recent.count + older.count }
    var all: [TokenSession] { Array(recent.values) + Array(older.values) }

    /// A session, whether it came to the shelf just now, and those that were let go for it.
    struct Handout: Sendable {
        let session: TokenSession
        var isNew = false
        var dropped: [TokenSession] = []
    }

    /// The session of an identity at a client, made if there is none.
    mutating func session(
        _ client: PoolClient,
        _ identity: Identity.ID,
        _ make: (PoolClient) -> TokenSession
    ) -> Handout {
        let key = PoolKey(client: clients.insert(client).memberAfterInsert, identity: identity)
        if let session = recent[key] { return Handout(session: session) }
        let known = older.removeValue(forKey: key)
        let session = known ?? lent.removeValue(forKey: key)?.session ?? make(key.client)
        recent[key] = session
        let dropped = recent.count * 2 >= capacity ? turnOver() : []
        return Handout(session: session, isNew: known == nil, dropped: dropped)
    }

    mutating func removeAll() -> [TokenSession] {
        defer { (clients, recent, older, lent) = ([], [:], [:], [:]) }
        return all
    }

    private mutating func turnOver() -> [TokenSession] {
        var dropped: [TokenSession] = []
        lent = lent.filter { $0.value.session != nil }
        for (key, session) in older {
            if session.isDisposable {
                lent[key] = Lent(session: session)
                dropped.append(session)
            } else {
                recent[key] = session
            }
        }
        (older, recent) = (recent, [:])
        clients = Set((Array(older.keys) + Array(lent.keys)).map(\.client))
        return dropped
    }
}
