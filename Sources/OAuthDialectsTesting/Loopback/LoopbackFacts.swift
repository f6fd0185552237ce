internal import OAuthDialects

/// What has happened on a ``LoopbackServer`` so far, for tests to wait on instead of sleeping.
package struct LoopbackFacts: Sendable, Hashable {
    /// One connection, open or closed.
    package struct Connection: Sendable, Hashable {
        /// The number of the connection, from 0, in the order of acceptance.
        package let id: Int

        /// The number of complete requests.
        package internal(set) var requests = 0

        /// The number of bytes written to the socket.
        package internal(set) var bytesWritten = 0

        /// Whether the connection is open.
        package internal(set) var isOpen = true

        /// Whether the peer closed the connection.
        package internal(set) var isClosedByPeer = false
    }

    /// The number of complete requests.
    package internal(set) var requests = 0

    /// The number of accepted connections.
    package internal(set) var accepted = 0

    /// The open connections, and the last thousand closed ones.
    package internal(set) var connections: [Connection] = []

    var isListening = true

    mutating func change(_ id: Int, _ body: (inout Connection) -> Void) {
        guard let index = connections.lastIndex(where: { $0.id == id }) else { return }
        body(&connections[index])
    }

    mutating func accept() -> Int {
        if connections.count >= 1000, let oldest = connections.firstIndex(where: { !$0.isOpen }) {
            connections.remove(at: oldest)
        }
        connections.append(Connection(id: accepted))
        accepted += 1
        return accepted - 1
    }
}

/// The facts of a server, and the tasks that wait on them.
final class LoopbackRecord: Sendable {
    private struct Waiter {
        let predicate: @Sendable (LoopbackFacts) -> Bool
        let continuation: CheckedContinuation<LoopbackFacts, any Error>
    }

    private struct State {
        var facts = LoopbackFacts()
        var waiters: [Int: Waiter] = [:]
        var cancelled: Set<Int> = []
        var next = 0
    }

    private let state = Locked(State())

    var facts: LoopbackFacts { state.withLock { $0.facts } }

    func update<Result: Sendable>(_ change: (inout LoopbackFacts) -> Result) -> Result {
        let (result, facts, met) = state.withLock { state in
            let result = change(&state.facts)
            let met = state.waiters.filter { $0.value.predicate(state.facts) }
            for id in met.keys { state.waiters[id] = nil }
            return (result, state.facts, Array(met.values))
        }
        for waiter in met { waiter.continuation.resume(returning: facts) }
        return result
    }

    func facts(where predicate: @escaping @Sendable (LoopbackFacts) -> Bool) async throws -> LoopbackFacts {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<LoopbackFacts, any Error>? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if predicate(state.facts) { return .success(state.facts) }
                    state.waiters[id] = Waiter(predicate: predicate, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.waiters.removeValue(forKey: id)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }
}
