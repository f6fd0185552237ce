internal import Foundation

/// The system calls of the file store; files are opened relative to a directory's descriptor only.
enum FileSystem {
    static func openDirectory(_ path: String) throws(SystemFailure) -> Descriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        return Descriptor(try SystemFailure.check { unsafe open(path, flags) })
    }

    static func openOrMakeDirectory(_ path: String) throws(SystemFailure) -> Descriptor {
        if isMissing(path), unsafe mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemFailure(code: errno) }
        return try openDirectory(path)
    }

    static func isMissing(_ path: String) -> Bool {
        var raw = stat()
        return unsafe lstat(path, &raw) != 0 && errno == ENOENT
    }

    static func openFile(_ name: String, in directory: Descriptor, _ flags: Int32) throws(SystemFailure) -> Descriptor {
        // Without O_NONBLOCK, opening a named pipe would wait for its other end.
        let flags = flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        return Descriptor(try SystemFailure.check { unsafe openat(directory.number, name, flags, 0o600) })
    }

    static func status(of descriptor: Descriptor) throws(SystemFailure) -> FileStatus {
        var raw = stat()
        try SystemFailure.check { unsafe fstat(descriptor.number, &raw) }
        return FileStatus(raw)
    }

    static func status(of name: String, in directory: Descriptor) throws(SystemFailure) -> FileStatus {
        var raw = stat()
        try SystemFailure.check { unsafe fstatat(directory.number, name, &raw, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(raw)
    }

    static func status(at path: String) throws(SystemFailure) -> FileStatus {
        var raw = stat()
        try SystemFailure.check { unsafe lstat(path, &raw) }
        return FileStatus(raw)
    }

    /// Reads from the beginning, up to a limit.
    static func read(_ descriptor: Descriptor, upTo limit: Int) throws(SystemFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let start = count
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor.number, buffer.baseAddress! + start, limit - start, off_t(start))
            }
            if result < 0 {
                let code = errno
                if code != EINTR { throw SystemFailure(code: code) }
            } else if result == 0 {
                break
            } else {
                count += result
            }
        }
        return Array(bytes[..<count])
    }

    /// Writes all bytes at the beginning.
    static func write(_ bytes: [UInt8], to descriptor: Descriptor) throws(SystemFailure) {
        var count = 0
        while count < bytes.count {
            let start = count
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(descriptor.number, buffer.baseAddress! + start, buffer.count - start, off_t(start))
            }
            if result < 0 {
                let code = errno
                if code != EINTR { throw SystemFailure(code: code) }
            } else {
                count += result
            }
        }
    }

    static func truncate(_ descriptor: Descriptor, to count: Int) throws(SystemFailure) {
        try SystemFailure.check { ftruncate(descriptor.number, off_t(count)) }
    }

    /// Sets the date of the last change, which needs no space on the disk.
    static func touch(_ descriptor: Descriptor) throws(SystemFailure) {
        try SystemFailure.check { futimens(descriptor.number, nil) }
    }

    /// Waits until everything is on the disk, not only in a cache.
    static func synchronize(_ descriptor: Descriptor) throws(SystemFailure) {
        #if canImport(Darwin)
        if fcntl(descriptor.number, F_FULLFSYNC) == 0 { return }
        #endif
        try SystemFailure.check { fsync(descriptor.number) }
    }

    static func rename(_ name: String, to other: String, in directory: Descriptor) throws(SystemFailure) {
        try SystemFailure.check { unsafe renameat(directory.number, name, directory.number, other) }
    }

    /// Renames a file; `false` if it does not exist.
    static func renameExisting(_ name: String, to other: String, in directory: Descriptor) throws(SystemFailure) -> Bool
    {
        if unsafe renameat(directory.number, name, directory.number, other) == 0 { return true }
        let code = errno
        guard code == ENOENT else { throw SystemFailure(code: code) }
        return false
    }

    /// Removes a file, if it exists.
    static func remove(_ name: String, in directory: Descriptor) throws(SystemFailure) {
        guard unsafe unlinkat(directory.number, name, 0) != 0, errno != ENOENT else { return }
        throw SystemFailure(code: errno)
    }

    /// Takes an advisory lock, if it is free, without waiting.
    static func lock(_ descriptor: Descriptor, exclusively: Bool) throws(SystemFailure) -> Bool {
        while flock(descriptor.number, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
            let code = errno
            if code == EWOULDBLOCK { return false }
            if code != EINTR { throw SystemFailure(code: code) }
        }
        return true
    }

    static func unlock(_ descriptor: Descriptor) {
        _ = flock(descriptor.number, LOCK_UN)
    }

    static var user: UInt32 { UInt32(geteuid()) }

    static func text(for code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}
