internal import Foundation

/// A lock that this process holds: the kernel's lock on a file next to the record, which contains the holder's lease.
struct FileLock: Sendable {
    /// The result of an attempt to lock.
    enum Attempt {
        case locked(FileLock)

        /// Another holder has it; these are the bytes of its lease.
        case busy([UInt8])
    }

    private static let longestLease = 4096

    let directory: StoreDirectory
    let name: String
    let identity: FileStatus.ID
    private let descriptor: Descriptor

    /// Locks if the lock is free, or if its holder still has the bytes of a `stopped` one.
    static func attempt(_ name: String, in path: String, lease: Lease, stopped: [UInt8]?) throws -> Attempt {
        let directory = try StoreDirectory(path)
        let attempt = try directory.guarded { try lock(name, in: directory, lease) }
        guard case .busy(let bytes) = attempt, let stopped, bytes == stopped else { return attempt }
        return try directory.alone {
            // Tried again: in here no other process can lock or take over.
            let attempt = try lock(name, in: directory, lease)
            guard case .busy(let bytes) = attempt, bytes == stopped else { return attempt }
            return .locked(try overtake(name, in: directory, lease))
        } ?? attempt
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
                return .busy(try FileSystem.read(file.descriptor, upTo: longestLease))
            }
            let lock = FileLock(
                directory: directory,
                name: name,
                identity: file.identity,
                descriptor: file.descriptor
            )
            // The file was replaced between opening and locking: a lock on the old one excludes nobody.
            guard directory.identity(of: name) == file.identity else { return .busy([]) }
            try lock.write(lease)
            return .locked(lock)
        }
    }

    private static func overtake(_ name: String, in directory: StoreDirectory, _ lease: Lease) throws -> FileLock {
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
            try FileSystem.rename(draft, to: name, in: directory.descriptor)
            return lock
        }
    }

    private func write(_ lease: Lease) throws {
        let bytes = try lease.bytes
        try FileSystem.truncate(descriptor, to: 0)
        try FileSystem.write(bytes, to: descriptor)
    }
}
