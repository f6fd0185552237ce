import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The file through which other processes learn the sandboxes' addresses; only its owner can read it.
struct DirectoryFile: Sendable {
    let url: URL

    init(in folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        url = folder.appending(path: "directory.json", directoryHint: .notDirectory)
    }

    /// Replaces the file; a reader sees the old directory or the new one.
    func write(_ directory: SandboxDirectory) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let draft = url.deletingLastPathComponent().appending(path: ".directory.\(RandomText.letters(12))")
        let isWritten = FileManager.default.createFile(
            atPath: draft.path,
            contents: try encoder.encode(directory),
            attributes: [.posixPermissions: 0o600]
        )
        guard isWritten, rename(draft.path, url.path) == 0 else {
            try? FileManager.default.removeItem(at: draft)
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: url.path])
        }
    }
}
