import Foundation
import OAuthDialects
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStorePathTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func store(named name: String) throws -> FileTokenStore {
        let directory = folder.url.appending(path: name, directoryHint: .notDirectory)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path)
        return FileTokenStore(directory: directory)
    }

    @Test(arguments: ["it's", "a b", "$(touch x)", "'; touch x; '", "`id`"])
    func `The command in a hint mends the directory, whatever its name`(_ name: String) async throws {
        let store = try store(named: name)
        let hint = try #require(await storeError { try await store.put(.numbered(1)) }?.hint)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.currentDirectoryURL = folder.url
        shell.arguments = ["-c", hint]
        try shell.run()
        shell.waitUntilExit()
        try await store.put(.numbered(1))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [name])
    }

    @Test func `A path with control characters is escaped in an error`() async throws {
        let store = try store(named: "a\u{1B}[31m\nforged")
        let error = try #require(await storeError { try await store.put(.numbered(1)) })
        let text = "\(error)"
        #expect(text.contains(#"a\u{1b}[31m\u{a}forged"#), "\(text)")
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        let missing = FileTokenStore(directory: folder.url.appending(path: "no\u{7}where/deep"))
        let other = try #require(await storeError { try await missing.update(Folder.key) { _ in } })
        #expect(other.message.contains(#"no\u{7}where"#))
    }

    @Test(arguments: [".json", ".lock"])
    func `A file with a second name is refused, and nothing is written to it`(_ ending: String) async throws {
        let store = FileTokenStore(directory: folder.store)
        try await store.put(.numbered(1))
        let second = folder.url.appending(path: "second")
        try FileManager.default.linkItem(at: folder.file(ending), to: second)
        let before = try Data(contentsOf: second)
        let error = try #require(await storeError { try await store.put(.numbered(2)) })
        #expect(error.code == .storeFailed)
        #expect(error.message.contains("hard link"))
        #expect(try Data(contentsOf: second) == before)
        try FileManager.default.removeItem(at: second)
        try await store.put(.numbered(2))
        #expect(try await store.number == 2)
    }

    @Test func `A slow cipher of one store holds up no other store`() async throws {
        let elsewhere = try Folder()
        let cipher = GatedCipher()
        let slow = FileTokenStore(directory: folder.store, cipher: cipher)
        let quick = FileTokenStore(directory: elsewhere.store)
        let writers = (0..<16).map { number in
            Task { try await slow.update(Self.key(number)) { try await $0.save(.numbered(1)) } }
        }
        await eventually { cipher.waiting > 0 }
        for number in 0..<16 { try await quick.update(Self.key(number)) { try await $0.save(.numbered(1)) } }
        cipher.open()
        for writer in writers { try await writer.value }
    }

    private static func key(_ number: Int) -> SessionKey { SessionKey([(name: "key", value: "\(number)")]) }
}

/// A cipher that holds its threads until it is told to go on.
private final class GatedCipher: TokenCipher {
    private let gate = DispatchSemaphore(value: 0)
    private let count = Locked(0)

    var waiting: Int { count.withLock(\.self) }
    func open() { for _ in 0..<1000 { gate.signal() } }

    func seal(_ bytes: Data, for context: Data) throws -> Data {
        count.withLock { $0 += 1 }
        gate.wait()
        return bytes
    }

    func open(_ bytes: Data, for context: Data) throws -> Data { bytes }
}
