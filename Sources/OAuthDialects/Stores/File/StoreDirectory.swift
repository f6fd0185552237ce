internal import Foundation

/// A store's directory, opened for one operation; all its files are opened through it.
struct StoreDirectory: Sendable {
    /// Larger than any record, which has two tokens of up to 16 KiB, and scopes.
    private static let longestFile = 1 << 20

    let path: String
    let descriptor: Descriptor
    private let identity: FileStatus.ID

    /// Opens the directory, and creates it if it is missing.
    ///
    /// - Throws: ``TokenError`` if it is a symbolic link, or another user owns it or may open it.
    init(_ path: String) throws {
        let (descriptor, status) = try Self.opened(path)
        guard status.owner == FileSystem.user else { throw StoreFault.foreign(path, owner: status.owner) }
        guard !status.isOpenToOthers else { throw StoreFault.readable(path, mode: status.mode, mendedBy: "700") }
        if let kind = Volume.remoteName(of: path, on: status.identity.device) {
            throw StoreFault.remote(path, kind)
        }
        self.path = path
        self.descriptor = descriptor
        identity = status.identity
    }

    private static func opened(_ path: String) throws -> (Descriptor, FileStatus) {
        do {
            let descriptor = try FileSystem.openOrMakeDirectory(path)
            return (descriptor, try FileSystem.status(of: descriptor))
        } catch {
            throw StoreFault.system(error, "open", path)
        }
    }

    /// Opens the directory, if it exists.
    static func existing(_ path: String) throws -> StoreDirectory? {
        FileSystem.isMissing(path) ? nil : try StoreDirectory(path)
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Performs an operation on a file; an error names the operation and the file.
    func doing<Result>(_ what: String, _ name: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let failure as SystemFailure {
            throw StoreFault.system(failure, what, path(of: name))
        }
    }

    /// Checks that the path still names the directory that was opened.
    func check() throws {
        guard (try? FileSystem.status(at: path))?.identity == identity else { throw StoreFault.replaced(path) }
    }

    /// Opens a file that no other user owns or may open.
    func open(_ name: String, _ flags: Int32) throws -> (descriptor: Descriptor, identity: FileStatus.ID) {
        try doing("open", name) {
            let file = try FileSystem.openFile(name, in: descriptor, flags)
            let status = try FileSystem.status(of: file)
            guard status.isFile else { throw StoreFault.notAFile(path(of: name)) }
            guard status.owner == FileSystem.user else {
                throw StoreFault.foreign(path(of: name), owner: status.owner)
            }
            guard !status.isOpenToOthers else {
                throw StoreFault.readable(path(of: name), mode: status.mode, mendedBy: "600")
            }
            guard status.links <= 1 else { throw StoreFault.hardLink(path(of: name), names: status.links) }
            return (file, status.identity)
        }
    }

    /// Identifies the file with a name; `nil` if there is none.
    func identity(of name: String) -> FileStatus.ID? {
        (try? FileSystem.status(of: name, in: descriptor))?.identity
    }

    /// The bytes of a file; `nil` if there is none.
    func read(_ name: String) throws -> [UInt8]? {
        do {
            let file = try open(name, O_RDONLY).descriptor
            return try doing("read", name) { try FileSystem.read(file, upTo: Self.longestFile) }
        } catch let error as TokenError where error.underlying?.code == Int(ENOENT) {
            return nil
        }
    }

    /// Replaces a file atomically, if `check` does not throw just before.
    ///
    /// A process that takes the lock over afterwards, but before the file is replaced, removes the draft.
    func replace(_ name: String, with bytes: [UInt8], by draft: String, _ check: () throws -> Void) throws {
        try doing("write", name) {
            try FileSystem.remove(draft, in: descriptor)
            let file = try FileSystem.openFile(draft, in: descriptor, O_WRONLY | O_CREAT | O_EXCL)
            do {
                try FileSystem.write(bytes, to: file)
                try FileSystem.synchronize(file)
                try check()
                guard try FileSystem.renameExisting(draft, to: name, in: descriptor) else { throw StoreFault.overtaken }
            } catch {
                try? FileSystem.remove(draft, in: descriptor)
                throw error
            }
            try FileSystem.synchronize(descriptor)
        }
    }
}
