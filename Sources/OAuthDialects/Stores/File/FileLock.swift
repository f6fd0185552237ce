internal import Foundation

/// A lock that this process holds: the kernel's lock on a file next to the record, which contains the holder's lease.
struct FileLock: Sendable {
    /// The result of an attempt to lock.
    enum Attempt {
        case locked(FileLock)

        /// Another holder has it; these are the bytes by which it can be told from the next holder.
        case busy([UInt8])

        /// Another process has the directory's lock; the bytes are those of the holder, if they could be read.
        case guarded([UInt8]?)
    }

    /// What is known of the processes that are in the way.
    struct Obstacles: Sendable {
        /// The bytes of a holder that is stopped.
        var holder: [UInt8]?

        /// Whether the process that has the directory's lock is stopped.
        var isGuardStopped = false
    }

    private static let longestLease = 4096

    let directory: StoreDirectory
    let name: String
    let identity: FileStatus.ID
    private let descriptor: Descriptor

    /// The file in which the holder of this lock prepares a record; a process that overtakes the holder removes it.
    var draft: String { Self.draft(of: name, identity) }

    private static func draft(of name: String, _ identity: FileStatus.ID) -> String {
        "\(name.replacing(".lock", with: "")).\(identity.inode).new"
    }

    /// Locks if the lock is free, or if its holder is stopped.
    ///
    /// - Returns: the result, and whether the directory's lock was passed.
    static func attempt(
        _ name: String,
        in path: String,
        lease: Lease,
        passing obstacles: Obstacles,
        at now: SessionInstant
    ) throws -> (attempt: Attempt, hasPassedGuard: Bool) {
        let directory = try StoreDirectory(path)
        let isPassing =
            try obstacles.isGuardStopped && !directory.isUnguarded && clear(name, in: directory, at: now)
        return (try attempt(name, in: directory, lease, obstacles.holder, isPassing: isPassing), isPassing)
    }

    private static func attempt(
        _ name: String,
        in directory: StoreDirectory,
        _ lease: Lease,
        _ stopped: [UInt8]?,
        isPassing: Bool
    ) throws -> Attempt {
        guard let attempt = try directory.guarded(unless: isPassing, { try lock(name, in: directory, lease) }) else {
            return .guarded(nil)
        }
        guard case .busy(let bytes) = attempt, let stopped, bytes == stopped else { return attempt }
        return try directory.alone(unless: isPassing) {
            // Tried again: in here no other process can lock or take over.
            let attempt = try lock(name, in: directory, lease)
            guard case .busy(let bytes) = attempt, bytes == stopped else { return attempt }
            return try overtake(name, in: directory, lease).map(Attempt.locked) ?? attempt
        } ?? .guarded(bytes)
    }

    /// Checks that the path still names the directory and the file that were locked.
    func check() throws {
        try directory.check()
        guard directory.identity(of: name) == identity else { throw StoreFault.overtaken }
    }

    /// Clears the lease and releases the lock.
    func release() {
        try? FileSystem.truncate(descriptor, to: 0)
        FileSystem.unlock(descriptor)
    }

    private static func lock(_ name: String, in directory: StoreDirectory, _ lease: Lease) throws -> Attempt {
        let file = try directory.open(name, O_RDWR | O_CREAT)
        return try directory.doing("lock", name) {
            guard try FileSystem.lock(file.descriptor, exclusively: true) else {
                return .busy(try marks(of: file.descriptor))
            }
            let lock = FileLock(
                directory: directory,
                name: name,
                identity: file.identity,
                descriptor: file.descriptor
            )
            try lock.write(lease)
            // The file was replaced before or after locking: a lock on the old one excludes nobody.
            guard directory.identity(of: name) == file.identity else { return .busy([]) }
            return .locked(lock)
        }
    }

    /// The lease of a holder, or where it could not be written, the file's date.
    private static func marks(of descriptor: Descriptor) throws(SystemFailure) -> [UInt8] {
        let bytes = try FileSystem.read(descriptor, upTo: longestLease)
        if Lease(bytes) != nil { return bytes }
        return bytes + Array("\(try FileSystem.status(of: descriptor).changedAt)".utf8)
    }

    /// Replaces the lock file of a stopped holder; `nil` if another process did something to the replacement.
    private static func overtake(_ name: String, in directory: StoreDirectory, _ lease: Lease) throws -> FileLock? {
        let draft = name + ".new"
        return try directory.doing("replace", name) {
            try FileSystem.remove(draft, in: directory.descriptor)
            let file = try directory.open(draft, O_RDWR | O_CREAT | O_EXCL)
            let lock = FileLock(
                directory: directory,
                name: name,
                identity: file.identity,
                descriptor: file.descriptor
            )
            _ = try FileSystem.lock(file.descriptor, exclusively: true)
            try lock.write(lease)
            let stopped = directory.identity(of: name)
            guard try FileSystem.renameExisting(draft, to: name, in: directory.descriptor) else { return nil }
            // The holder may have been stopped just before it would have replaced the record with its draft.
            if let stopped { try FileSystem.remove(Self.draft(of: name, stopped), in: directory.descriptor) }
            return lock
        }
    }

    /// Removes what a stopped process was about to put in the lock file's place.
    ///
    /// - Returns: `false` if the process that prepared it may still be running.
    private static func clear(_ name: String, in directory: StoreDirectory, at now: SessionInstant) throws -> Bool {
        let draft = name + ".new"
        guard directory.identity(of: draft) != nil else { return true }
        let file = try directory.open(draft, O_RDWR)
        return try directory.doing("replace", name) {
            if try !FileSystem.lock(file.descriptor, exclusively: true) {
                let lease = Lease(try FileSystem.read(file.descriptor, upTo: longestLease))
                guard let lease, SessionInstant(nanoseconds: lease.until) < now else { return false }
            }
            try FileSystem.remove(draft, in: directory.descriptor)
            return true
        }
    }

    private func write(_ lease: Lease) throws {
        let bytes = try lease.bytes
        try FileSystem.truncate(descriptor, to: 0)
        do { try FileSystem.write(bytes, to: descriptor) } catch  where error.isFullDisk {
            // The kernel's lock excludes others all the same, and the file's date tells this holder from the next.
            try FileSystem.truncate(descriptor, to: 0)
            try FileSystem.touch(descriptor)
        }
    }
}
