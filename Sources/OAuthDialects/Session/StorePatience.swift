/// Whether a flight got into the store before its patience ended: the one that comes second finds the door closed.
final class Entry: Sendable {
    private enum State {
        case waiting
        case entered
        case closed
    }

    private let state = Locked(State.waiting)

    /// Goes in, unless it is too late.
    @discardableResult
    func enter() -> Bool {
        change(to: .entered)
    }

    /// Closes the door, unless somebody is in.
    func close() -> Bool {
        change(to: .closed)
    }

    var hasEntered: Bool {
        state.withLock { $0 == .entered }
    }

    private func change(to new: State) -> Bool {
        state.withLock { state in
            guard state == .waiting else { return state == new }
            state = new
            return true
        }
    }
}

extension TokenSession {
    /// Runs what needs the store's lock, and gives up if it is not in by then; what is in is never cut short.
    func patiently(
        _ entry: Entry,
        until instant: SessionInstant,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { [clock] group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask {
                try await clock.sleep(until: instant)
                if entry.close() { throw CancellationError() }
                return false
            }
            while let isDone = try await group.next(), !isDone {}
            group.cancelAll()
        }
    }
}
