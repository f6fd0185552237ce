import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreFaultTests {
    private let folder: Folder
    private let store: FileTokenStore

    init() throws {
        folder = try Folder()
        store = FileTokenStore(directory: folder.store)
    }

    @Test func `A file that can't be read is moved aside, the newest three are kept, and the session acquires anew`()
        async throws
    {
        for text in ["one", "", "{\"version\":1", "four"] {
            let rig = Rig(store: store)
            try await prepare(rig, with: Data(text.utf8))
            #expect(try await rig.token == "access-1")
            let notice = rig.log.events.first { $0.name == .storeFailed }
            #expect(notice?.message.contains(".unreadable-1") == true)
            #expect(!rig.session.status.isUnsaved)
            #expect(await rig.record()?.accessToken?.revealed == "access-1")
        }
        let aside = folder.names.filter { $0.contains("unreadable") }
        #expect(aside.map { $0.suffix(12) } == ["unreadable-1", "unreadable-2", "unreadable-3"])
        let texts = try aside.map { try String(contentsOf: folder.store.appending(path: $0), encoding: .utf8) }
        #expect(texts == ["four", "{\"version\":1", ""])
        for name in aside { #expect(try folder.mode(of: name) == 0o600) }
    }

    @Test func `What a store mended is told to the session that updated it, and to no other of the same key`()
        async throws
    {
        let elsewhere = try Folder()
        let mended = Rig(store: Relaying(store: store))
        let other = Rig(store: FileTokenStore(directory: elsewhere.store))
        try await prepare(mended, with: Data("{".utf8))
        #expect(mended.key == other.key)
        async let one = mended.token
        async let two = other.token
        _ = try await (one, two)
        #expect(mended.log.count(of: .storeFailed) == 1)
        #expect(other.log.count(of: .storeFailed) == 0)
    }

    @Test func `A record of a newer format is a clear error and is not touched; a client goes on without the store`()
        async throws
    {
        let rig = Rig(store: store)
        let newer = Data(#"{"version":99,"sealed":"x"}"#.utf8)
        try await prepare(rig, with: newer)
        #expect(try await rig.token == "access-1")
        #expect(rig.log.events.contains { $0.message.contains("format 99") })
        #expect(await storeError { try await store.record(for: rig.key) }?.isUnreadableRecord == false)
        #expect(await storeError { try await store.update(rig.key) { _ in } }?.isUnreadableRecord == false)
        #expect(try Data(contentsOf: file(of: rig)) == newer)
        #expect(!folder.names.contains { $0.contains("unreadable") })
    }

    @Test func `A directory that can't be made is a typed error, and tokens are served from memory`() async throws {
        let store = FileTokenStore(directory: folder.url.appending(path: "missing/deep"))
        let rig = Rig(store: store)
        #expect(try await store.record(for: rig.key) == nil)
        let error = await storeError { try await store.update(rig.key) { _ in } }
        #expect(error?.code == .storeFailed)
        #expect(error?.underlying?.code == Int(ENOENT))
        #expect(try await rig.token == "access-1")
        #expect(rig.session.status.isUnsaved)
        #expect(rig.session.currentAccessToken != nil)
    }

    @Test func `A directory that goes missing is made again`() async throws {
        try await store.put(.numbered(1))
        try FileManager.default.removeItem(at: folder.store)
        #expect(try await store.number == nil)
        try await store.put(.numbered(2))
        #expect(try await store.number == 2)
    }

    @Test(.enabled(if: Mount.isPermitted)) func `A full disk is a typed error, and the old record stays`() async throws
    {
        let mount = try Mount(folder.store, options: "size=64k,mode=700")
        defer { mount.end() }
        try await store.put(.numbered(1))
        try? Data(count: 1 << 20).write(to: folder.store.appending(path: "ballast"))
        let error = await storeError { try await store.put(.numbered(2)) }
        #expect(error?.code == .storeFailed)
        #expect(error?.isTransient == true)
        #expect(error?.underlying?.code == Int(ENOSPC))
        #expect(try await store.number == 1)
        try FileManager.default.removeItem(at: folder.store.appending(path: "ballast"))
        try await store.put(.numbered(2))
        #expect(folder.names == [Folder.digest + ".json", Folder.digest + ".lock"])
    }

    @Test(.enabled(if: Mount.isPermitted)) func `On a full disk the lock is had all the same, and users go on`()
        async throws
    {
        let mount = try Mount(folder.store, options: "size=64k,mode=700")
        defer { mount.end() }
        let rig = Rig(dialect: .tiki(.production), identity: .user(try Account("ann")), store: store)
        rig.provider.answer { .tokens("access-\($0.number)", lifetime: 3600, refresh: "refresh-\($0.number)") }
        try await rig.session.signIn(with: .authorizationCode("code", redirectURI: nil, codeVerifier: nil))
        try? Data(count: 1 << 20).write(to: folder.store.appending(path: "ballast"))
        let ran = Counter()
        let other = Folder.key
        try? await store.update(other) { _ in ran.increment() }
        try await store.update(rig.key) { _ in ran.increment() }
        #expect(ran.count >= 1)
        rig.clock.advance(by: .seconds(3700))
        #expect(try await rig.token == "access-2")
    }

    @Test(.enabled(if: Mount.isPermitted)) func `A read-only directory is a typed error, and is read all the same`()
        async throws
    {
        let mount = try Mount(folder.store, options: "size=64k,mode=700")
        defer { mount.end() }
        try await store.put(.numbered(1))
        try mount.run("mount", "-o", "remount,ro", folder.store.path)
        let error = await storeError { try await store.put(.numbered(2)) }
        #expect(error?.code == .storeFailed)
        #expect(error?.underlying?.code == Int(EROFS))
        #expect(try await store.number == 1)
    }

    @Test func `The state directory is the one that the platform names`() {
        #if os(Linux)
        let home = folder.url.path
        let named = StateDirectory.prepare(["XDG_STATE_HOME": home + "/state", "HOME": "/nowhere"])
        #expect(named.path == home + "/state/oauth-dialects")
        let place = StateDirectory.place(["XDG_STATE_HOME": "state", "HOME": home])
        #expect(place.path == home + "/.local/state/oauth-dialects")
        #endif
    }

    private func file(of rig: Rig) -> URL {
        folder.store.appending(path: SHA256Digest.hexadecimal(of: rig.key.identifier) + ".json")
    }

    private func prepare(_ rig: Rig, with data: Data) async throws {
        try await store.update(rig.key) { _ in }
        try data.write(to: file(of: rig))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(of: rig).path)
    }
}

/// A small file system of a test's own, where the system lets a test have one.
struct Mount {
    private let directory: URL

    static let isPermitted: Bool = {
        guard geteuid() == 0, let folder = try? Folder(), let mount = try? Mount(folder.store, options: "size=4k")
        else {
            return false
        }
        mount.end()
        return true
    }()

    init(_ directory: URL, options: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.path)
    }

    func end() { try? run("umount", directory.path) }

    func run(_ words: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
    }
}

/// A store that stands on another.
private struct Relaying: TokenStore {
    let store: any TokenStore

    func record(for key: SessionKey) async throws -> TokenRecord? { try await store.record(for: key) }

    func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws { try await store.update(key, body) }
}
