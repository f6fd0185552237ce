internal import OAuthDialects

/// The tasks that sleep on a ``TestClock``, in the order of their deadlines.
struct SleeperList {
    private struct Sleeper {
        let id: UInt64
        let deadline: SessionInstant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private var sleepers: [Sleeper] = []
    private var ids: UInt64 = 0

    var deadlines: [SessionInstant] { sleepers.map(\.deadline) }

    mutating func nextID() -> UInt64 {
        ids += 1
        return ids
    }

    mutating func add(
        _ id: UInt64,
        until deadline: SessionInstant,
        _ continuation: CheckedContinuation<Void, any Error>
    ) {
        let place = sleepers.firstIndex { ($0.deadline, $0.id) > (deadline, id) } ?? sleepers.endIndex
        sleepers.insert(Sleeper(id: id, deadline: deadline, continuation: continuation), at: place)
    }

    mutating func remove(_ id: UInt64) -> CheckedContinuation<Void, any Error>? {
        sleepers.firstIndex { $0.id == id }.map { sleepers.remove(at: $0).continuation }
    }

    mutating func removeDue(at now: SessionInstant) -> [CheckedContinuation<Void, any Error>] {
        let due = sleepers.prefix { $0.deadline <= now }
        sleepers.removeFirst(due.count)
        return due.map(\.continuation)
    }
}
