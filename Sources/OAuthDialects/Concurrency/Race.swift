/// A result that several tasks may deliver; the first one counts.
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

    /// Runs a body in its own task, which delivers a result.
    func run(_ body: @escaping @Sendable () async throws -> Value) -> Task<Void, Never> {
        Task.detached {
            do {
                // A body that was cancelled before it began must not begin.
                try Task.checkCancellation()
                self.end(.success(try await body()))
            } catch {
                self.end(.failure(error))
            }
        }
    }

    /// The result; only one caller may wait for it.
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
    /// Runs a body with a deadline.
    ///
    /// Cancels the body at the deadline and gives it one second to finish; its result still counts. A cancelled caller keeps
    /// waiting, because a renewal that has begun must finish.
    ///
    /// - Returns: `nil` if the body did not finish in time.
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
            // Uses the system's clock: a test may hold its own clock still.
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
