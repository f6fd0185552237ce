internal import Foundation

/// An open file; it is closed, and its locks are released, with the last reference.
final class Descriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }
}

/// The status of a file.
struct FileStatus: Equatable, Sendable {
    /// Identifies a file, whatever its name.
    struct ID: Equatable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    let identity: ID
    let owner: UInt32
    let mode: UInt32
    /// How many names the file has.
    let links: Int
    /// When its contents or its date last changed, in nanoseconds.
    let changedAt: Int64
    let isFile: Bool
    let isDirectory: Bool

    init(_ raw: stat) {
        identity = ID(device: UInt64(truncatingIfNeeded: raw.st_dev), inode: UInt64(raw.st_ino))
        owner = UInt32(raw.st_uid)
        mode = UInt32(raw.st_mode) & 0o7777
        #if canImport(Darwin)
        let time = raw.st_mtimespec
        #else
        let time = raw.st_mtim
        #endif
        changedAt = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        links = Int(raw.st_nlink)
        isFile = UInt32(raw.st_mode) & UInt32(S_IFMT) == UInt32(S_IFREG)
        isDirectory = UInt32(raw.st_mode) & UInt32(S_IFMT) == UInt32(S_IFDIR)
    }

    /// Whether any user except the owner has any right to it.
    var isOpenToOthers: Bool { mode & 0o077 != 0 }
}

/// A system call that failed.
struct SystemFailure: Error {
    let code: Int32

    /// Whether there is no space left for this user.
    var isFullDisk: Bool { code == ENOSPC || code == EDQUOT }

    /// Repeats a call that a signal interrupts.
    @discardableResult
    static func check(_ call: () -> Int32) throws(SystemFailure) -> Int32 {
        while true {
            let result = call()
            if result >= 0 { return result }
            let code = errno
            if code != EINTR { throw SystemFailure(code: code) }
        }
    }
}
