import Foundation
import OAuthDialects
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreDangerTests {
    private let folder: Folder
    private let store: FileTokenStore

    init() throws {
        folder = try Folder()
        store = FileTokenStore(directory: folder.store)
    }

    @Test(arguments: [".json", ".lock"])
    func `A link at a file's place is refused, and nothing is written through it`(_ ending: String) async throws {
        try await store.put(.numbered(1))
        let victim = folder.url.appending(path: "victim")
        try Data("untouched".utf8).write(to: victim)
        try FileManager.default.removeItem(at: folder.file(ending))
        try FileManager.default.createSymbolicLink(at: folder.file(ending), withDestinationURL: victim)
        let error = await storeError { try await store.put(.numbered(2)) }
        #expect(error?.code == .storeFailed)
        #expect(error?.underlying?.code == Int(ELOOP))
        #expect(try String(contentsOf: victim, encoding: .utf8) == "untouched")
    }

    @Test(arguments: ["", "/"])
    func `A link at the directory's place is refused`(_ slash: String) async throws {
        let elsewhere = folder.url.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(at: folder.store, withDestinationURL: elsewhere)
        let store = FileTokenStore(directory: URL(filePath: folder.store.path + slash))
        #expect(await storeError { try await store.put(.numbered(1)) }?.code == .storeFailed)
        #expect(await storeError { try await store.record(for: Folder.key) }?.code == .storeFailed)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
    }

    @Test func `A directory that is swapped during an update is noticed, and nothing is written to either`()
        async throws
    {
        try await store.put(.numbered(1))
        let moved = folder.url.appending(path: "moved")
        let error = await storeError {
            try await store.update(Folder.key) { [folder] update in
                try FileManager.default.moveItem(at: folder.store, to: moved)
                try FileManager.default.createDirectory(at: folder.store, withIntermediateDirectories: false)
                try await update.save(.numbered(2))
            }
        }
        #expect(error?.code == .storeFailed)
        #expect(folder.names.isEmpty)
        try FileManager.default.removeItem(at: folder.store)
        try FileManager.default.moveItem(at: moved, to: folder.store)
        #expect(try await store.number == 1)
    }

    @Test(arguments: [("", 0o755, "chmod 700"), (".json", 0o644, "chmod 600"), (".lock", 0o660, "chmod 600")])
    func `What others can read is refused with the command that mends it`(_ ending: String, _ mode: Int, _ hint: String)
        async throws
    {
        try await store.put(.numbered(1))
        let path = ending.isEmpty ? folder.store.path : folder.file(ending).path
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = await storeError { try await store.put(.numbered(2)) }
        #expect(error?.code == .storeFailed)
        #expect(error?.hint == "\(hint) '\(path)'")
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", error?.hint ?? "false"]
        try shell.run()
        shell.waitUntilExit()
        try await store.put(.numbered(2))
        #expect(try await store.number == 2)
    }

    @Test(.enabled(if: geteuid() == 0), arguments: ["", ".json", ".lock"])
    func `What belongs to another user is refused`(_ ending: String) async throws {
        try await store.put(.numbered(1))
        let path = ending.isEmpty ? folder.store.path : folder.file(ending).path
        try FileManager.default.setAttributes([.ownerAccountID: 12345], ofItemAtPath: path)
        let error = await storeError { try await store.put(.numbered(2)) }
        #expect(error?.code == .storeFailed)
        #expect(error?.message.contains("user 12345") == true)
    }

    @Test func `A pipe or a directory at a file's place is refused, and holds nobody up`() async throws {
        try await store.put(.numbered(1))
        try FileManager.default.removeItem(at: folder.file(".json"))
        let result = unsafe mkfifo(folder.file(".json").path, 0o600)
        try #require(result == 0)
        #expect(await storeError { try await store.record(for: Folder.key) }?.code == .storeFailed)
        try FileManager.default.removeItem(at: folder.file(".json"))
        try FileManager.default.createDirectory(at: folder.file(".json"), withIntermediateDirectories: false)
        #expect(await storeError { try await store.put(.numbered(2)) }?.code == .storeFailed)
    }

    @Test func `File systems whose locks may be local only are known by the table of mounts`() {
        let table = """
            22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            36 22 0:45 / /mnt/share rw,relatime shared:7 master:2 - nfs4 server:/export rw
            37 22 0:46 / /mnt/tmp rw - tmpfs tmpfs rw
            broken
            """
        #expect(Volume.remoteName(of: 0x2D, in: table) == "nfs4")
        #expect(Volume.remoteName(of: 0x2E, in: table) == nil)
        #expect(Volume.remoteName(of: 0xFE00, in: table) == nil)
        #expect(Volume.remoteName(of: 0x99, in: "") == nil)
    }
}
