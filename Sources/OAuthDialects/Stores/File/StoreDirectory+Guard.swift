internal import Foundation

extension StoreDirectory {
    /// Runs what must not fall together with the replacing of a lock file: microseconds, shared by all keys.
    ///
    /// - Throws: ``TokenError`` if some lock file is being replaced for longer than a second.
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

    /// Runs the replacing of a lock file, if nobody is about to lock, to save or to replace one; else does nothing.
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
