import EncryptedStore
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreTests {
    private let folder = Folder()
    private let sandbox = ProviderSandbox(.revenueMonster)
    private let log = Log()

    private func session(_ account: String? = nil, _ keys: Secret...) throws -> TokenSession {
        sandbox.session(
            identity: try account.map { .user(try Account($0)) } ?? .client(),
            store: FileTokenStore(directory: folder.url, cipher: try AESGCMCipher(keys: keys)),
            onEvent: { [log] in log.append($0) }
        )
    }

    @Test func `What lies on the disk tells nothing, and another process reads it with the same key`() async throws {
        let token = try await session(nil, .first).accessToken()
        let bytes = try folder.record()
        #expect(bytes.first == 1)
        #expect(bytes.range(of: Data(token.value.revealed.utf8)) == nil)
        #expect(bytes.range(of: Data("accessToken".utf8)) == nil)
        #expect(try await session(nil, .first).accessToken().value == token.value)
        #expect(sandbox.counters.tokenRequests == 1)
    }

    @Test func `A record sealed with an old key opens, and the next save seals it with the new one`() async throws {
        _ = try await session("ann", .first).signIn(with: sandbox.issueCode())
        let old = try folder.record()
        let rotated = try session("ann", .second, .first)
        _ = try await rotated.accessToken()
        #expect(try folder.record() == old)
        #expect(sandbox.counters.tokenRequests == 1)
        let token = try await rotated.renew()
        #expect(try folder.record()[1..<9] != old[1..<9])
        #expect(try await session("ann", .second).accessToken().value == token.value)
        #expect(sandbox.counters.tokenRequests == 2)
        #expect(log.failures.isEmpty)
    }

    @Test(arguments: [Damage.changed, .truncated, .replaced, .plain, .lostKey])
    func `A record that does not open is reported, kept aside, and replaced by a new authentication`(_ damage: Damage)
        async throws
    {
        let token = try await session(nil, .first).accessToken()
        try folder.write(damage.done(to: try folder.record()))
        let other = try session(nil, damage == .lostKey ? .second : .first)
        #expect(try await other.accessToken().value != token.value)
        #expect(sandbox.counters.tokenRequests(of: "client_credentials") == 2)
        #expect(log.failures.count == 1)
        #expect(log.failures.first?.contains("can't be decrypted") == true)
        #expect(log.failures.first?.contains(".unreadable-1") == true)
        #expect(folder.names.contains { $0.hasSuffix(".unreadable-1") })
        #expect(!other.status.isUnsaved)
    }

    @Test func `A person's record that does not open asks for them, and can be put back`() async throws {
        _ = try await session("ann", .first).signIn(with: sandbox.issueCode())
        let sealed = try folder.record()
        let error = await #expect(throws: TokenError.self) { try await session("ann", .second).accessToken() }
        #expect(error?.code == .signInRequired)
        #expect(log.failures.first?.contains("not among the 1 in use") == true)
        let aside = try #require(folder.names.first { $0.hasSuffix(".unreadable-1") })
        #expect(try Data(contentsOf: folder.url.appending(path: aside)) == sealed)
        try folder.write(sealed, named: aside.replacing(".unreadable-1", with: ".json"))
        _ = try await session("ann", .first).accessToken()
        #expect(sandbox.counters.tokenRequests == 1)
    }

    @Test func `A record that is put in another's place does not open`() async throws {
        _ = try await session("ann", .first).signIn(with: sandbox.issueCode())
        let ann = try #require(folder.records.first)
        _ = try await session("bob", .first).signIn(with: sandbox.issueCode())
        let bob = try #require(folder.records.first { $0 != ann })
        try folder.write(try Data(contentsOf: folder.url.appending(path: ann)), named: bob)
        let error = await #expect(throws: TokenError.self) { try await session("bob", .first).accessToken() }
        #expect(error?.code == .signInRequired)
        #expect(log.failures.first?.contains("belongs to another session") == true)
        _ = try await session("ann", .first).accessToken()
        #expect(sandbox.counters.tokenRequests == 2)
    }
}

/// What happens to a sealed record.
enum Damage {
    case changed
    case truncated
    case replaced
    case plain
    case lostKey

    func done(to bytes: Data) throws -> Data {
        var bytes = bytes
        switch self {
        case .changed: bytes[bytes.count / 2] ^= 1
        case .truncated: bytes.removeLast(20)
        case .replaced: bytes = Data("nonsense".utf8)
        case .plain:
            let record = TokenRecord.sample(generation: 9, accessToken: "planted")
            bytes = try record.bytes(for: SessionKey(identifier: "any"))
        case .lostKey: break
        }
        return bytes
    }
}

/// A directory of a test's own, removed at its end.
final class Folder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(
        path: "oauth-dialects-\(UUID().uuidString)",
        directoryHint: .notDirectory
    )

    deinit { try? FileManager.default.removeItem(at: url) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] }
    var records: [String] { names.filter { $0.hasSuffix(".json") } }

    /// The bytes of the one record.
    func record() throws -> Data {
        try Data(contentsOf: url.appending(path: try #require(records.first)))
    }

    func write(_ bytes: Data, named name: String? = nil) throws {
        let file = url.appending(path: try #require(name ?? records.first))
        try bytes.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
}

/// What sessions tell of their stores.
final class Log: Sendable {
    private let list = Mutex<[SessionEvent]>([])

    var failures: [String] { list.withLock { $0.filter { $0.name == .storeFailed }.map(\.message) } }

    func append(_ event: SessionEvent) { list.withLock { $0.append(event) } }
}
