/// The callers that wait for the operation that goes on, or for their turn.
package struct Waiters: Sendable {
    package typealias ID = UInt64

    enum Purpose: Sendable {
        /// The token in hand will do if no new one comes, until it ends; then the caller waits on until its own timeout.
        case token(until: SessionInstant)
        case newerToken
        /// Waits until the session is idle and its sign-in can start.
        case turn(Grant)
        case signIn
        case signOut
    }

    struct Waiter: Sendable {
        let since: SessionInstant
        var deadline: SessionInstant
        var purpose: Purpose

        var wantsToken: Bool { if case .token = purpose { true } else { false } }
        var wantsNewerToken: Bool { if case .newerToken = purpose { true } else { false } }
        var isSignOut: Bool { if case .signOut = purpose { true } else { false } }
        var isSignIn: Bool { if case .signIn = purpose { true } else { false } }
        var grant: Grant? { if case .turn(let grant) = purpose { grant } else { nil } }
    }

    private var waiters: [ID: Waiter] = [:]

    var isEmpty: Bool { waiters.isEmpty }
    /// Whether someone waits for a token.
    var wantToken: Bool { waiters.values.contains { $0.wantsToken || $0.wantsNewerToken } }
    var count: Int { waiters.values.count { $0.grant == nil } }
    var firstSince: SessionInstant? { waiters.values.lazy.filter { $0.grant == nil }.map(\.since).min() }
    var firstDeadline: SessionInstant? { waiters.values.lazy.map(\.deadline).min() }

    subscript(id: ID) -> Waiter? {
        get { waiters[id] }
        set { waiters[id] = newValue }
    }

    /// The first of those who wait for their turn.
    var nextInTurn: (id: ID, grant: Grant)? {
        let first = waiters.lazy.filter { $0.value.grant != nil }.min { $0.key < $1.key }
        return first.flatMap { first in first.value.grant.map { (first.key, $0) } }
    }

    /// Takes out those that match, in FIFO order.
    mutating func take(where matches: (Waiter) -> Bool) -> [(key: ID, value: Waiter)] {
        let taken = waiters.filter { matches($0.value) }.sorted { $0.key < $1.key }
        if taken.count == waiters.count { waiters = [:] } else { for (id, _) in taken { waiters[id] = nil } }
        return taken
    }
}
