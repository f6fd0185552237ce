import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreTests {
    private let folder: Folder
    private let store: FileTokenStore

    init() throws {
        folder = try Folder()
        store = FileTokenStore(directory: folder.store)
    }

    @Test func `A record is kept in a file of its own that nobody else can read, named by the key's digest`()
        async throws
    {
        #expect(try await store.number == nil)
        #expect(folder.names.isEmpty)
        try await store.put(.numbered(1))
        #expect(try await FileTokenStore(directory: folder.store).record(for: Folder.key) == .numbered(1))
        #expect(folder.names == [Folder.digest + ".json", Folder.digest + ".lock"])
        #expect(try folder.mode(of: "") == 0o700)
        for name in folder.names { #expect(try folder.mode(of: name) == 0o600) }
    }

    @Test func `A save is durable before the update ends, and keeping changes nothing`() async throws {
        try await store.update(Folder.key) { [store] update in
            #expect(update.record == nil)
            try await update.save(.numbered(1))
            #expect(try await store.number == 1)
        }
        try await store.update(Folder.key) { #expect($0.record == .numbered(1)) }
        #expect(try await store.record(for: Folder.key) == .numbered(1))
    }

    @Test func `Updates of one key come one after the other, those of different keys side by side`() async throws {
        let gate = Latch()
        let entered = Counter()
        let second = Counter()
        let holder = Task { [store] in
            try await store.update(Folder.key) { update in
                entered.increment()
                await gate.passes()
                try await update.save(.numbered(1))
            }
        }
        await entered.reaches(1)
        let waiter = Task { [store] in
            try await store.update(Folder.key) { update in
                second.increment()
                try await update.save(.numbered((update.record?.generation ?? 0) + 1))
            }
        }
        try await store.update(SessionKey([(name: "worker", value: "other")])) { _ in }
        #expect(second.count == 0)
        gate.open()
        _ = try await (holder.value, waiter.value)
        #expect(try await store.number == 2)
    }

    @Test func `Whoever waits for the lock can be cancelled, and gives up in time`() async throws {
        let clock = TestClock()
        let impatient = FileTokenStore(
            directory: folder.store,
            lease: .seconds(30),
            timeout: .seconds(5),
            clock: clock
        )
        let gate = Latch()
        let entered = Counter()
        let holder = Task { [store] in
            try await store.update(Folder.key) { _ in
                entered.increment()
                await gate.passes()
            }
        }
        await entered.reaches(1)
        let waiter = Task { try await impatient.put(.numbered(9)) }
        try await clock.waitForSleepers(1)
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        let tired = Task { await storeError { try await impatient.put(.numbered(9)) } }
        let error = Locked<TokenError?>(nil)
        let watcher = Task {
            let value = await tired.value
            error.withLock { $0 = value }
        }
        await clock.drain(until: { error.withLock { $0 != nil } })
        await watcher.value
        #expect(await tired.value?.code == .storeBusy)
        gate.open()
        _ = try await holder.value
    }

    @Test func `A body that throws frees the lock, and a save that outlives its update is refused`() async throws {
        await #expect(throws: CocoaError.self) {
            try await store.update(Folder.key) { _ in throw CocoaError(.featureUnsupported) }
        }
        let kept = Locked<StoreUpdate?>(nil)
        try await store.update(Folder.key) { update in kept.withLock { $0 = update } }
        let late = try #require(kept.withLock { $0 })
        #expect(await storeError { try await late.save(.numbered(1)) }?.code == .storeFailed)
        #expect(try await store.number == nil)
    }

    @Test func `An older generation never replaces a newer one`() async throws {
        try await store.put(.numbered(5))
        #expect(await storeError { try await store.put(.numbered(4)) }?.code == .storeBusy)
        #expect(try await store.number == 5)
    }
}
