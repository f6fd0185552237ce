import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreCipherTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func store(_ cipher: (any TokenCipher)?) -> FileTokenStore {
        FileTokenStore(directory: folder.store, cipher: cipher)
    }

    @Test func `What lies on the disk is sealed, and opens for the same key alone`() async throws {
        let store = store(LabelCipher("new"))
        try await store.put(.numbered(1))
        let bytes = try Data(contentsOf: folder.file(".json"))
        #expect(bytes.starts(with: Data("new \(Folder.key.identifier) ".utf8)))
        #expect(bytes.range(of: Data("1.1.1.".utf8)) == nil)
        #expect(try await store.record(for: Folder.key) == .numbered(1))
        let other = SessionKey(identifier: "worker=other")
        try FileManager.default.copyItem(
            at: folder.file(".json"),
            to: folder.store.appending(path: other.digest + ".json")
        )
        #expect(await storeError { try await store.record(for: other) }?.isUnreadableRecord == true)
    }

    @Test(arguments: [nil, LabelCipher("other")] as [LabelCipher?])
    func `A record that does not open is moved aside and reported, and never taken for none`(_ cipher: LabelCipher?)
        async throws
    {
        let rig = Rig(store: store(LabelCipher("lost")))
        #expect(try await rig.token == "access-1")
        let later = Rig(provider: rig.provider, store: store(cipher))
        #expect(await storeError { try await store(cipher).record(for: rig.key) }?.isUnreadableRecord == true)
        #expect(try await later.token == "access-2")
        #expect(later.log.events.contains { $0.message.contains(".unreadable-1") })
        #expect(folder.names.contains { $0.hasSuffix(".unreadable-1") })
    }

    @Test func `While the keys are out of reach nothing is moved, and the error is the cipher's own`() async throws {
        try await store(LabelCipher("new")).put(.numbered(1))
        let store = store(AbsentCipher())
        for error in [
            await storeError { try await store.record(for: Folder.key) },
            await storeError { try await store.put(.numbered(2)) },
        ] { #expect(error?.message == AbsentCipher.error.message) }
        #expect(folder.names == [Folder.digest + ".json", Folder.digest + ".lock"])
        #expect(try await self.store(LabelCipher("new")).number == 1)
    }
}

/// Nothing secret: it labels what it is handed with its name and the context, and turns the bits round.
struct LabelCipher: TokenCipher {
    struct DoesNotOpen: Error {}

    let name: String

    init(_ name: String) {
        self.name = name
    }

    func seal(_ bytes: Data, for context: Data) -> Data {
        label(context) + Data(bytes.map { ~$0 })
    }

    func open(_ bytes: Data, for context: Data) throws -> Data {
        guard bytes.starts(with: label(context)) else { throw DoesNotOpen() }
        return Data(bytes.dropFirst(label(context).count).map { ~$0 })
    }

    private func label(_ context: Data) -> Data { Data("\(name) ".utf8) + context + Data(" ".utf8) }
}

/// Keys that can't be had at the moment.
struct AbsentCipher: TokenCipher {
    static let error = TokenError(.storeFailed, "The key service does not answer.", isTransient: true)

    func seal(_ bytes: Data, for context: Data) throws -> Data { throw Self.error }
    func open(_ bytes: Data, for context: Data) throws -> Data { throw Self.error }
}
