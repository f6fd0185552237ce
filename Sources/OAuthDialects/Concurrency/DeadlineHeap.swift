/// Sleepers ordered by deadline, in a binary heap.
package struct DeadlineHeap<Sleeper: Sendable>: Sendable {
    private struct Deadline: Sendable {
        let instant: SessionInstant
        let id: UInt64

        static func < (lhs: Self, rhs: Self) -> Bool {
            (lhs.instant, lhs.id) < (rhs.instant, rhs.id)
        }
    }

    private var entries: [Deadline] = []
    private var sleepers: [UInt64: Sleeper] = [:]

    package init() {}

    /// The next deadline.
    package var first: SessionInstant? { entries.first?.instant }

    package var count: Int { sleepers.count }

    package mutating func add(_ sleeper: Sleeper, id: UInt64, until instant: SessionInstant) {
        sleepers[id] = sleeper
        entries.append(Deadline(instant: instant, id: id))
        var child = entries.count - 1
        while child > 0, entries[child] < entries[(child - 1) / 2] {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes a sleeper; its heap entry goes at its deadline, or once half of the heap are such entries.
    package mutating func remove(_ id: UInt64) -> Sleeper? {
        let sleeper = sleepers.removeValue(forKey: id)
        if entries.count > 2 * sleepers.count + 64 {
            // A sorted array is a heap.
            entries = entries.filter { sleepers[$0.id] != nil }.sorted { $0 < $1 }
        }
        return sleeper
    }

    /// Removes every sleeper that is due, in order of deadline.
    package mutating func removeDue(at now: SessionInstant) -> [Sleeper] {
        var due: [Sleeper] = []
        while let next = removeNext(at: now) { due.append(next) }
        return due
    }

    /// Removes the sleeper that has been due for longest.
    package mutating func removeNext(at now: SessionInstant) -> Sleeper? {
        while let first = entries.first, first.instant <= now {
            removeFirst()
            if let sleeper = sleepers.removeValue(forKey: first.id) { return sleeper }
        }
        return nil
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < entries.count else { return }
            let right = left + 1
            let least = right < entries.count && entries[right] < entries[left] ? right : left
            guard entries[least] < entries[parent] else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
