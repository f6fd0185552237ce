internal import Foundation

extension FileTokenStore {
    /// How long after the end of its lease a holder counts as stopped.
    static let grace = Duration.seconds(2)

    private static let pauses = Duration.milliseconds(1)...Duration.milliseconds(25)

    /// Waits for a key's lock, and takes it over from a process that was stopped for longer than its lease and the grace.
    ///
    /// It polls: a wait in the kernel could not be cancelled, and would block a thread for as long as a stopped process holds the
    /// lock.
    ///
    /// - Throws: `CancellationError` if the task is cancelled; ``TokenError`` with ``TokenError/Code/storeBusy`` after the timeout.
    func lock(_ name: String, for key: SessionKey) async throws -> FileLock {
        let deadline = clock.now + timeout
        let holder = "\(getpid())-\(UInt64.random(in: 0 ... .max))"
        var pause = Self.pauses.lowerBound
        while true {
            try Task.checkCancellation()
            let now = clock.now
            let obstacles = watches.withLock { watches in
                FileLock.Obstacles(
                    holder: watches.holders[key].flatMap { $0.mayOvertake(at: now) ? $0.bytes : nil },
                    isGuardStopped: watches.guards[key]?.mayPass(at: now) ?? false
                )
            }
            let lease = Lease(until: now + lease, holder: holder)
            let (attempt, hasPassedGuard) = try await threads.run(for: key) { [path] in
                try FileLock.attempt(name, in: path, lease: lease, passing: obstacles, at: now)
            }
            note(attempt, hasPassedGuard, for: key, at: now)
            if case .locked(let lock) = attempt { return lock }
            guard clock.now + pause < deadline else { throw StoreFault.busy("\(path)/\(name)") }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    private func note(_ attempt: FileLock.Attempt, _ hasPassedGuard: Bool, for key: SessionKey, at now: SessionInstant)
    {
        let holder: [UInt8]? =
            switch attempt {
            case .locked: nil
            case .busy(let bytes): bytes
            case .guarded(let bytes): bytes
            }
        watches.withLock { [lease] watches in
            if let holder {
                watches.holders[key, default: LeaseWatch(length: lease, grace: Self.grace)].note(holder, at: now)
            }
            switch attempt {
            case .guarded: watches.guards[key, default: GuardWatch(since: now)].note()
            case .locked, .busy: if !hasPassedGuard { watches.guards[key] = nil }
            }
            if case .locked = attempt { watches.holders[key] = nil }
        }
    }
}
