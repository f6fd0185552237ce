internal import Foundation

/// The directory's lock, which all keys share: held for microseconds, by any number that lock or by one that takes a lock over.
///
/// A process can be stopped while it has it. Who waits then passes it after a while (``GuardWatch``), and does without.
extension StoreDirectory {
    /// Runs an operation that should not overlap with the replacement of a lock file; without the directory's lock if that is
    /// not free within a second.
    func guarded<Result>(_ body: () throws -> Result) throws -> Result {
        for _ in 0..<1000 {
            if let result = try guarded(unless: false, body) { return result }
            usleep(1000)
        }
        return try body()
    }

    /// Runs an operation that must not overlap with the replacement of a lock file; `nil` if the directory's lock is not free.
    func guarded<Result>(unless isPassing: Bool, _ body: () throws -> Result) throws -> Result? {
        if isPassing { return try body() }
        guard try lock(exclusively: false) else { return nil }
        defer { FileSystem.unlock(descriptor) }
        return try body()
    }

    /// Replaces a lock file; `nil` if the directory's lock is not free.
    func alone<Result>(unless isPassing: Bool, _ body: () throws -> Result) throws -> Result? {
        if isPassing { return try body() }
        guard try lock(exclusively: true) else { return nil }
        defer { FileSystem.unlock(descriptor) }
        return try body()
    }

    /// Whether no process has the directory's lock.
    var isUnguarded: Bool {
        get throws { try alone(unless: false) { true } ?? false }
    }

    private func lock(exclusively: Bool) throws -> Bool {
        do { return try FileSystem.lock(descriptor, exclusively: exclusively) } catch {
            throw StoreFault.system(error, "lock", path)
        }
    }
}

/// Observes the directory's lock for a process that waits for it, and detects that its holder is stopped.
package struct GuardWatch: Sendable {
    /// Many times as long as a process has the lock, and long enough for one that is starved.
    private static let patience = Duration.seconds(5)

    /// A process that was stopped itself has not observed anything meanwhile.
    private static let fewestTries = 50

    private let since: SessionInstant
    private var tries = 0

    package init(since: SessionInstant) {
        self.since = since
    }

    /// Notes that the lock was not free.
    package mutating func note() { tries += 1 }

    /// Whether the holder counts as stopped.
    package func mayPass(at now: SessionInstant) -> Bool {
        tries >= Self.fewestTries && now - since >= Self.patience
    }
}
