internal import Foundation

/// An update of a record file under the key's lock.
final class FileUpdate: LockedUpdate {
    private struct State {
        var stored: TokenRecord?
        var hasEnded = false
    }

    private let key: SessionKey
    private let file: RecordFile
    private let lock: FileLock
    private let threads: StoreThreads
    private let state = Locked(State())

    init(_ key: SessionKey, _ file: RecordFile, _ lock: FileLock, on threads: StoreThreads) {
        self.key = key
        self.file = file
        self.lock = lock
        self.threads = threads
    }

    func load() async throws -> (record: TokenRecord?, notices: [TokenError]) {
        let loaded = try await threads.run(for: key) { [file, lock] in try file.load(holding: lock) }
        state.withLock { $0.stored = loaded.record }
        return loaded
    }

    func save(_ record: TokenRecord) async throws {
        try await threads.run(for: key) { [file, lock, state] in
            // The key's thread is serial: no other save of this update and no end of it runs at the same time.
            let (stored, hasEnded) = state.withLock { ($0.stored, $0.hasEnded) }
            guard !hasEnded else { throw StoreFault.ended }
            try file.save(record, over: stored, holding: lock)
            state.withLock { $0.stored = record }
        }
    }

    func end() async {
        try? await threads.run(for: key) { [lock, state] in
            state.withLock { $0.hasEnded = true }
            lock.release()
        }
    }
}
