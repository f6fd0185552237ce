import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FileStoreLeaseTests {
    private let folder: Folder
    private let clock = TestClock()
    private let store: FileTokenStore

    init() throws {
        folder = try Folder()
        store = FileTokenStore(directory: folder.store, lease: .seconds(30), timeout: .seconds(60), clock: clock)
    }

    @Test func `A stopped holder loses the lock after lease and grace, and what it saves then is refused`() async throws
    {
        try await store.put(.numbered(1))
        let gate = Latch()
        let entered = Counter()
        let holder = Task { [store] in
            await storeError {
                try await store.update(Folder.key) { update in
                    entered.increment()
                    await gate.passes()
                    try await update.save(.numbered(2, id: "late"))
                }
            }
        }
        await entered.reaches(1)
        let start = clock.now
        let isOver = Latch()
        let over = Locked(false)
        let waiter = Task { [store] in
            try await store.put(.numbered(2, id: "overtaker"))
            over.withLock { $0 = true }
            isOver.open()
        }
        await clock.drain(until: { over.withLock { $0 } })
        try await waiter.value
        #expect(clock.now - start >= .seconds(32))
        #expect(try await store.record(for: Folder.key)?.id == "overtaker")
        gate.open()
        #expect(await holder.value?.code == .storeBusy)
        #expect(try await store.record(for: Folder.key)?.id == "overtaker")
        try await store.put(.numbered(3))
        #expect(folder.names == [Folder.digest + ".json", Folder.digest + ".lock"])
    }

    @Test(arguments: [LOCK_SH, LOCK_EX])
    func `A holder that was stopped with the directory's lock in its hand is overtaken`(_ kind: Int32) async throws {
        try await store.put(.numbered(1))
        // What a stopped process leaves behind: the kernel's locks on both, and nobody who releases them.
        let lock = unsafe open(folder.file(".lock").path, O_RDWR | O_CLOEXEC)
        let directory = unsafe open(folder.store.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer {
            close(lock)
            close(directory)
        }
        try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
        try #require(flock(directory, kind | LOCK_NB) == 0)
        let isOver = Locked(false)
        let waiter = Task { [store] in
            while true {
                do {
                    try await store.put(.numbered(2, id: "overtaker"))
                    try await store.put(.numbered(3, id: "overtaker"))
                    break
                } catch let error as TokenError where error.code == .storeBusy {}
            }
            isOver.withLock { $0 = true }
        }
        await clock.drain(until: { isOver.withLock(\.self) })
        try await waiter.value
        #expect(try await store.record(for: Folder.key)?.id == "overtaker")
        #expect(folder.names == [Folder.digest + ".json", Folder.digest + ".lock"])
    }

    @Test func `A holder within its lease is never overtaken`() {
        var watch = LeaseWatch(length: .seconds(30), grace: .seconds(2))
        let start = SessionInstant(nanoseconds: 0)
        let lease = Lease(until: start + .seconds(30), holder: "a")
        #expect(!watch.mayOvertake(at: start + .hours(1)))
        watch.note((try? lease.bytes) ?? [], at: start)
        #expect(!watch.mayOvertake(at: start + .seconds(31)))
        #expect(watch.mayOvertake(at: start + .seconds(32)))
        watch.note((try? Lease(until: start + .seconds(60), holder: "b").bytes) ?? [], at: start + .seconds(31))
        #expect(!watch.mayOvertake(at: start + .seconds(61)))
    }

    @Test func `A lease from before a restart, or one that can't be read, counts from when it was seen`() {
        let start = SessionInstant(nanoseconds: 0)
        for bytes in [[], Array("{".utf8), (try? Lease(until: start + .hours(9999), holder: "a").bytes) ?? []] {
            var watch = LeaseWatch(length: .seconds(30), grace: .seconds(2))
            watch.note(bytes, at: start)
            #expect(!watch.mayOvertake(at: start + .seconds(31)))
            #expect(watch.mayOvertake(at: start + .seconds(32)))
        }
    }
}
