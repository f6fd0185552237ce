/// Whether a flight got into the store before its patience ended: the one that comes second finds the door closed.
final class Entry: Sendable {
    private enum State {
        case waiting
        case entered
        case closed
    }

    private let state = Locked(State.waiting)

    /// Goes in, once, unless it is too late.
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
            guard state == .waiting else { return false }
            state = new
            return true
        }
    }
}

extension TokenSession {
    /// Runs what needs the store's lock, and gives up if it is not in by then, whatever the store does; what is in is never
    /// cut short.
    func patiently(
        _ entry: Entry,
        until instant: SessionInstant,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        let race = Race<Void>()
        let work = race.run(body)
        let timer = Task.detached { [clock] in
            guard (try? await clock.sleep(until: instant)) != nil, entry.close() else { return }
            race.end(.failure(CancellationError()))
            work.cancel()
        }
        defer { timer.cancel() }
        try await race.value
    }
}
