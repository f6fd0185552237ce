internal import Foundation

/// One update of a record under its lock: what it read, and what it may save over.
final class FileUpdate: StoreUpdate {
    private struct State {
        var current: TokenRecord?
        var isOver = false
    }

    private let key: SessionKey
    private let file: RecordFile
    private let lock: FileLock
    private let state = Locked(State())

    init(_ key: SessionKey, _ file: RecordFile, _ lock: FileLock) {
        self.key = key
        self.file = file
        self.lock = lock
    }

    var current: TokenRecord? { state.withLock { $0.current } }

    func load(reporting report: StoreReport) async throws -> TokenRecord? {
        let notices = Locked<[TokenError]>([])
        let record = try await StoreThreads.shared.run(for: key) { [file, lock] in
            try file.load(holding: lock) { notice in notices.withLock { $0.append(notice) } }
        }
        for notice in notices.withLock({ $0 }) { report(notice) }
        state.withLock { $0.current = record }
        return record
    }

    func save(_ record: TokenRecord) async throws {
        try await StoreThreads.shared.run(for: key) { [file, lock, state] in
            // On the key's own thread, and so never beside another save of the same update, or after its end.
            let (expected, isOver) = state.withLock { ($0.current?.generation, $0.isOver) }
            guard !isOver else { throw StoreFault.ended }
            try file.save(record, over: expected, holding: lock)
            state.withLock { $0.current = record }
        }
    }

    func remove() async throws {
        try await StoreThreads.shared.run(for: key) { [file, lock, state] in
            try file.remove(holding: lock)
            state.withLock { $0.current = nil }
        }
    }

    func end() async throws {
        try await StoreThreads.shared.run(for: key) { [lock, state] in
            state.withLock { $0.isOver = true }
            lock.release()
        }
    }
}
