/// The sessions that a pool holds, and those that it has evicted but callers still hold.
///
/// A lookup marks its session as used. To make room, a hand goes around the sessions: it takes the mark off one that is used, and
/// evicts the first that has none. A session in regular use stays, and no order has to be kept.
struct PoolCache: Sendable {
    private struct Weak: Sendable {
        weak let session: TokenSession?
    }

    /// How many sessions that can't be evicted the hand passes for one lookup: a pool may hold a great many of them.
    private static let patience = 64

    private let capacity: Int
    private var contexts: [PoolClient: SessionContext] = [:]
    private(set) var sessions: [TokenSession] = []
    private var isUsed: [Bool] = []
    private var hand = 0
    private var places: [PoolKey: Int] = [:]
    private var evicted: [PoolKey: Weak] = [:]
    private var evictions = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { sessions.count }

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
        if let place = places[key] {
            isUsed[place] = true
            return Lookup(session: sessions[place])
        }
        let session = evicted.removeValue(forKey: key)?.session ?? TokenSession(context, identity)
        let dropped = makeRoom()
        places[.session(session)] = sessions.count
        sessions.append(session)
        isUsed.append(false)
        return Lookup(session: session, isAdded: true, evicted: dropped)
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
        defer {
            (contexts, sessions, isUsed, hand) = ([:], [], [], 0)
            (places, evicted) = ([:], [:])
        }
        return sessions
    }

    /// Evicts sessions until there is room for one more, except those that hold what is stored nowhere else.
    private mutating func makeRoom() -> [TokenSession] {
        var dropped: [TokenSession] = []
        var passed = 0
        while sessions.count >= capacity, passed < min(Self.patience, sessions.count) {
            if hand >= sessions.count { hand = 0 }
            if isUsed[hand] {
                isUsed[hand] = false
                hand += 1
            } else if sessions[hand].isDisposable {
                dropped.append(remove(at: hand))
            } else {
                hand += 1
                passed += 1
            }
        }
        return dropped
    }

    /// Evicts a session; the last one takes its place.
    private mutating func remove(at place: Int) -> TokenSession {
        let session = sessions[place]
        places[.session(session)] = nil
        let (last, wasUsed) = (sessions.removeLast(), isUsed.removeLast())
        // The last is the newest: the hand comes to it after all others.
        hand = place < sessions.count ? place + 1 : 0
        if place < sessions.count {
            (sessions[place], isUsed[place]) = (last, wasUsed)
            places[.session(last)] = place
        }
        forget()
        evicted[.identity(session.identity, session.context)] = Weak(session: session)
        return session
    }

    /// Now and then removes what evicted sessions have left behind.
    private mutating func forget() {
        evictions += 1
        guard evictions >= capacity else { return }
        evictions = 0
        evicted = evicted.filter { $0.value.session != nil }
        let used = Set((Array(places.keys) + Array(evicted.keys)).map { ObjectIdentifier($0.context) })
        contexts = contexts.filter { used.contains(ObjectIdentifier($0.value)) }
    }
}
