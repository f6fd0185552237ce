import Crypto
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder of small files that only this user can read, each written as a whole or not at all.
struct PrivateFolder: Sendable {
    let url: URL

    /// Creates the folder if it is missing.
    init(_ url: URL) throws {
        self.url = url
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// The names of the files.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).filter { !$0.hasSuffix(Self.unfinished) }
    }

    func read(_ name: String) -> Data? { try? Data(contentsOf: file(name)) }

    /// Writes a file beside its place, waits until the disk has it, and moves it there: a crash leaves the old file or the new one.
    func write(_ bytes: Data, as name: String) throws {
        let draft = url.appending(path: name + Self.unfinished, directoryHint: .notDirectory)
        let descriptor = try open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: bytes)
        try handle.synchronize()
        try handle.close()
        guard rename(draft.path, file(name).path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        // The new name, too, has to outlast a loss of power.
        let folder = try FileHandle(forReadingFrom: url)
        try folder.synchronize()
        try folder.close()
    }

    /// Creates a file without content.
    ///
    /// - Returns: whether it is new.
    func mark(_ name: String) throws -> Bool {
        let descriptor = openFile(file(name).path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw CocoaError(.fileWriteUnknown)
        }
        close(descriptor)
        return true
    }

    /// Removes a file.
    ///
    /// - Returns: whether it was there.
    func remove(_ name: String) -> Bool { unlink(file(name).path) == 0 }

    /// Removes what a crash left unfinished, and files that were last changed before a date if one is given.
    func tidy(before date: Date? = nil) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
            let path = file(name).path
            let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            let isOld = date.flatMap { date in changed.map { $0 < date } } ?? false
            if name.hasSuffix(Self.unfinished) || isOld { unlink(path) }
        }
    }

    /// Takes the folder for this process alone, until the descriptor is closed.
    func lock() throws -> FileHandle {
        let descriptor = try open(file("lock"), O_RDWR | O_CREAT | O_CLOEXEC)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw CocoaError(.fileLocking) }
        return handle
    }

    /// A name that any text has as a file.
    static func name(of text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    private static let unfinished = ".unfinished"

    private func file(_ name: String) -> URL { url.appending(path: name, directoryHint: .notDirectory) }

    private func open(_ url: URL, _ flags: Int32) throws -> Int32 {
        let descriptor = openFile(url.path, flags)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path]) }
        return descriptor
    }
}

/// `open` with the mode 0600, beside methods of that name.
private func openFile(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, mode_t(0o600)) }
