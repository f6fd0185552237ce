/// The sessions that a pool holds, and those that it has evicted but callers still hold.
///
/// Sessions are in two generations. When the recent one reaches half of the capacity, the sessions of the older one are evicted and
/// the recent one becomes the older one. A lookup moves a session to the recent one, so that a session in regular use stays. No
/// order has to be kept.
struct PoolCache: Sendable {
    private struct Weak: Sendable {
        weak let session: TokenSession?
    }

    private let capacity: Int
    private var contexts: [PoolClient: SessionContext] = [:]
    private var recent: [PoolKey: TokenSession] = [:]
    private var older: [PoolKey: TokenSession] = [:]
    private var evicted: [PoolKey: Weak] = [:]

    init(capacity: Int) {
        self.capacity = max(capacity, 2)
    }

    var count: Int { recent.count + older.count }
    var all: [TokenSession] { Array(recent.values) + Array(older.values) }

    /// The result of a lookup.
    struct Lookup: Sendable {
        let session: TokenSession

        /// Whether the lookup added the session to the cache.
        var isAdded = false

        /// The sessions that were evicted to make room.
        var evicted: [TokenSession] = []
    }

    /// Finds the session of an identity at a client, or makes and adds it.
    mutating func session(
        _ client: PoolClient,
        _ identity: Identity,
        _ makeContext: (PoolClient) -> SessionContext
    ) -> Lookup {
        let context = context(of: client, makeContext)
        let key = PoolKey.identity(identity, context)
        if let session = recent[key] { return Lookup(session: session) }
        let known = older.removeValue(forKey: key)
        let session = known ?? evicted.removeValue(forKey: key)?.session ?? TokenSession(context, identity)
        recent[.session(session)] = session
        let dropped = recent.count * 2 >= capacity ? evict() : []
        return Lookup(session: session, isAdded: known == nil, evicted: dropped)
    }

    private mutating func context(
        of client: PoolClient,
        _ make: (PoolClient) -> SessionContext
    ) -> SessionContext {
        if let context = contexts[client] { return context }
        let context = make(client)
        contexts[client] = context
        return context
    }

    mutating func removeAll() -> [TokenSession] {
        defer { (contexts, recent, older, evicted) = ([:], [:], [:], [:]) }
        return all
    }

    /// Evicts the older sessions, except those that hold what is stored nowhere else.
    private mutating func evict() -> [TokenSession] {
        var dropped: [TokenSession] = []
        evicted = evicted.filter { $0.value.session != nil }
        for (key, session) in older {
            if session.isDisposable {
                evicted[.identity(session.identity, session.context)] = Weak(session: session)
                dropped.append(session)
            } else {
                recent[key] = session
            }
        }
        (older, recent) = (recent, [:])
        let used = Set((Array(older.keys) + Array(evicted.keys)).map { ObjectIdentifier($0.context) })
        contexts = contexts.filter { used.contains(ObjectIdentifier($0.value)) }
        return dropped
    }
}
