#if canImport(Security)
internal import Foundation

/// An update of a keychain record under its lease.
final class KeychainUpdate: LockedUpdate {
    private struct State {
        var stored: TokenRecord?
        var tag: Data?
        var hasEnded = false
    }

    private let key: SessionKey
    private let item: KeychainRecord
    private let threads: StoreThreads
    private let state = Locked(State())

    init(_ key: SessionKey, _ item: KeychainRecord, on threads: StoreThreads) {
        self.key = key
        self.item = item
        self.threads = threads
    }

    /// Reads the record; an unreadable one is reported, and the next save replaces it.
    func load() async throws -> (record: TokenRecord?, notices: [TokenError]) {
        guard let found = try await threads.run(for: key, { [item] in try item.load() }) else {
            return (nil, [])
        }
        state.withLock { $0.tag = found.tag }
        do {
            let record = try found.record.get()
            state.withLock { $0.stored = record }
            return (record, [])
        } catch let error as TokenError where error.isUnreadableRecord {
            return (nil, [error])
        }
    }

    func save(_ record: TokenRecord) async throws {
        try await threads.run(for: key) { [item, state] in
            let (stored, tag, hasEnded) = state.withLock { ($0.stored, $0.tag, $0.hasEnded) }
            guard !hasEnded else { throw StoreFault.ended }
            if let stored, stored.generation > record.generation { throw StoreFault.older }
            let saved = try item.save(record, over: tag)
            state.withLock { ($0.stored, $0.tag) = (record, saved) }
        }
    }

    func end() async {
        try? await threads.run(for: key) { [item, state] in
            state.withLock { $0.hasEnded = true }
            item.release()
        }
    }
}
#endif
