internal import Foundation

/// A lock that is held: the kernel's on a file beside the record's, with the holder's lease in it.
struct FileLock: Sendable {
    /// What comes of trying to lock.
    enum Attempt {
        case locked(FileLock)

        /// Somebody else holds it, and this stands in its file.
        case busy([UInt8])
    }

    private static let longestLease = 4096

    let directory: StoreDirectory
    let name: String
    let identity: FileStatus.ID
    private let descriptor: Descriptor

    /// Locks if the lock is free, or if its holder is `stopped`: still the one that was seen with these bytes.
    static func attempt(_ name: String, in path: String, lease: Lease, stopped: [UInt8]?) throws -> Attempt {
        let directory = try StoreDirectory(path)
        let attempt = try directory.guarded { try lock(name, in: directory, lease) }
        guard case .busy(let bytes) = attempt, let stopped, bytes == stopped else { return attempt }
        return try directory.alone {
            // Looked at again: nobody can lock or overtake in here.
            let attempt = try lock(name, in: directory, lease)
            guard case .busy(let bytes) = attempt, bytes == stopped else { return attempt }
            return .locked(try overtake(name, in: directory, lease))
        } ?? attempt
    }

    /// Makes sure that the path still names the directory and the file that was locked.
    func check() throws {
        try directory.check()
        guard directory.identity(of: name) == identity else { throw StoreFault.overtaken }
    }

    /// Clears the lease and frees the lock.
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
            // Replaced between opening and locking: what is locked is nobody's any more.
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
