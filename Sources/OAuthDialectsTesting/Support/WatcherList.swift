/// The tasks that wait until a state satisfies their conditions.
struct WatcherList<Facts> {
    private struct Watcher {
        let continuation: CheckedContinuation<Void, any Error>
        let predicate: @Sendable (Facts) -> Bool
    }

    /// The watchers whose conditions are met, to be resumed outside the lock.
    struct Met: Sendable {
        static var none: Self { Self(continuations: []) }

        fileprivate let continuations: [CheckedContinuation<Void, any Error>]

        func resume() {
            for continuation in continuations { continuation.resume() }
        }
    }

    private var watchers: [UInt64: Watcher] = [:]
    private var ids: UInt64 = 0

    var isEmpty: Bool { watchers.isEmpty }

    mutating func nextID() -> UInt64 {
        ids += 1
        return ids
    }

    mutating func add(
        _ id: UInt64,
        _ continuation: CheckedContinuation<Void, any Error>,
        _ predicate: @escaping @Sendable (Facts) -> Bool
    ) {
        watchers[id] = Watcher(continuation: continuation, predicate: predicate)
    }

    mutating func remove(_ id: UInt64) -> CheckedContinuation<Void, any Error>? {
        watchers.removeValue(forKey: id)?.continuation
    }

    mutating func met(by facts: Facts) -> Met {
        let met = watchers.filter { $0.value.predicate(facts) }
        for id in met.keys { watchers[id] = nil }
        return Met(continuations: met.values.map(\.continuation))
    }
}
