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
            let stopped = watches.withLock { watches in
                watches[key].flatMap { $0.mayOvertake(at: now) ? $0.bytes : nil }
            }
            let lease = Lease(until: now + lease, holder: holder)
            let attempt = try await StoreThreads.shared.run(for: key) { [path] in
                try FileLock.attempt(name, in: path, lease: lease, stopped: stopped)
            }
            switch attempt {
            case .locked(let lock):
                watches.withLock { $0[key] = nil }
                return lock
            case .busy(let bytes):
                watches.withLock { [lease = self.lease] watches in
                    watches[key, default: LeaseWatch(length: lease, grace: Self.grace)].note(bytes, at: now)
                }
            }
            guard clock.now + pause < deadline else { throw StoreFault.busy("\(path)/\(name)") }
            try await clock.sleep(until: clock.now + pause)
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }
}
