/// The callers that wait for the operation that is going on, or for their turn.
package struct Waiters: Sendable {
    package typealias ID = UInt64

    enum Purpose: Sendable {
        /// The token in hand will do if no new one comes.
        case token
        case newerToken

        /// Waits until the session is idle and its sign-in can start.
        case turn(Grant)
        case signIn
        case signOut
    }

    struct Waiter: Sendable {
        let since: SessionInstant
        let deadline: SessionInstant
        var purpose: Purpose

        var wantsToken: Bool { if case .token = purpose { true } else { false } }
        var grant: Grant? { if case .turn(let grant) = purpose { grant } else { nil } }
    }

    private var waiters: [ID: Waiter] = [:]

    /// How many wait for their turn.
    private var queued = 0

    /// How many wait for the operation.
    var count: Int { waiters.count - queued }
    var isEmpty: Bool { waiters.isEmpty }
    var firstSince: SessionInstant? { waiters.values.lazy.map(\.since).min() }
    var firstDeadline: SessionInstant? { waiters.values.lazy.map(\.deadline).min() }

    mutating func add(_ id: ID, _ waiter: Waiter) {
        waiters[id] = waiter
        if waiter.grant != nil { queued += 1 }
    }

    @discardableResult
    mutating func remove(_ id: ID) -> Waiter? {
        let waiter = waiters.removeValue(forKey: id)
        if waiter?.grant != nil { queued -= 1 }
        return waiter
    }

    /// The first of those who wait for their turn.
    func nextInTurn() -> (id: ID, grant: Grant)? {
        guard queued > 0, let first = waiters.lazy.filter({ $0.value.grant != nil }).min(by: { $0.key < $1.key }) else {
            return nil
        }
        return first.value.grant.map { (first.key, $0) }
    }

    /// Takes out those that match, in FIFO order.
    mutating func take(where matches: (Waiter) -> Bool) -> [(id: ID, waiter: Waiter)] {
        let taken = waiters.filter { matches($0.value) }.sorted { $0.key < $1.key }
        for (id, _) in taken { remove(id) }
        return taken.map { (id: $0.key, waiter: $0.value) }
    }
}
