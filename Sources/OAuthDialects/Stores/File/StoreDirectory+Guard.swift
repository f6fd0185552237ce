internal import Foundation

extension StoreDirectory {
    /// Runs an operation that must not overlap with the replacement of a lock file.
    ///
    /// It takes microseconds, and all keys share it.
    ///
    /// - Throws: ``TokenError`` if the replacement of a lock file takes longer than a second.
    func guarded<Result>(_ body: () throws -> Result) throws -> Result {
        for _ in 0..<1000 {
            if try lock(exclusively: false) {
                defer { FileSystem.unlock(descriptor) }
                return try body()
            }
            usleep(1000)
        }
        throw StoreFault.busy(path)
    }

    /// Replaces a lock file, unless an operation in ``guarded(_:)`` is running; then it does nothing.
    func alone<Result>(_ body: () throws -> Result?) throws -> Result? {
        guard try lock(exclusively: true) else { return nil }
        defer { FileSystem.unlock(descriptor) }
        return try body()
    }

    private func lock(exclusively: Bool) throws -> Bool {
        do { return try FileSystem.lock(descriptor, exclusively: exclusively) } catch {
            throw StoreFault.system(error, "lock", path)
        }
    }
}
