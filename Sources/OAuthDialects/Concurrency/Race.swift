/// An end that comes from one of several sides; the first one counts.
final class Race<Value: Sendable>: Sendable {
    private struct State {
        var waiter: CheckedContinuation<Value, any Error>?
        var outcome: Result<Value, any Error>?
    }

    private let state = Locked(State())

    /// - Returns: whether it was the first.
    @discardableResult
    func end(_ outcome: Result<Value, any Error>) -> Bool {
        let (isFirst, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Value, any Error>?) in
            guard state.outcome == nil else { return (false, nil) }
            state.outcome = outcome
            defer { state.waiter = nil }
            return (true, state.waiter)
        }
        waiter?.resume(with: outcome)
        return isFirst
    }

    /// Runs something in a task of its own, whose end is one of this race.
    func run(_ body: @escaping @Sendable () async throws -> Value) -> Task<Void, Never> {
        Task.detached {
            do {
                // What was given up before it began must not begin later.
                try Task.checkCancellation()
                self.end(.success(try await body()))
            } catch {
                self.end(.failure(error))
            }
        }
    }

    /// Waits for the end; for one caller alone.
    var value: Value {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state in
                    if state.outcome == nil { state.waiter = continuation }
                    return state.outcome
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        }
    }
}

extension SessionClock {
    /// Waits for something that may never end, and no longer than until an instant: then it is cancelled.
    ///
    /// What heeds that is seen to its end, and what it brings counts; what does not is left to itself after a second. A
    /// cancelled caller goes on waiting: what a renewal has begun is not cut short.
    ///
    /// - Returns: `nil` if it brought nothing in time.
    package func value<Value: Sendable>(
        by instant: SessionInstant,
        of body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        let race = Race<Value?>()
        let isLate = Locked(false)
        let work = race.run {
            do { return try await body() } catch {
                if isLate.withLock({ $0 }) { return nil }
                throw error
            }
        }
        let timer = Task.detached {
            guard (try? await sleep(until: instant)) != nil else { return }
            isLate.withLock { $0 = true }
            work.cancel()
            // How long it takes to heed that is a matter of the machine, not of a clock that a test may move.
            let machine = SystemClock()
            if (try? await machine.sleep(until: machine.now + .seconds(1))) != nil { race.end(.success(nil)) }
        }
        defer {
            work.cancel()
            timer.cancel()
        }
        return try await race.value
    }
}
