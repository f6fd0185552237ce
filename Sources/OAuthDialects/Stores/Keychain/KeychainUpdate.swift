#if canImport(Security)
internal import Foundation

/// One update of a record under its lease: what it read, and what it may save over.
final class KeychainUpdate: StoreUpdate {
    private struct State {
        var current: TokenRecord?
        var tag: Data?
        var isOver = false
    }

    private let key: SessionKey
    private let item: KeychainRecord
    private let state = Locked(State())

    init(_ key: SessionKey, _ item: KeychainRecord) {
        self.key = key
        self.item = item
    }

    var current: TokenRecord? { state.withLock { $0.current } }

    /// The record; one that can't be read counts as none, and is saved over.
    func load(reporting report: StoreReport) async throws -> TokenRecord? {
        guard let found = try await StoreThreads.shared.run(for: key, { [item] in try item.load() }) else { return nil }
        state.withLock { $0.tag = found.tag }
        do {
            let record = try found.record.get()
            state.withLock { $0.current = record }
            return record
        } catch let error as TokenError where error.code == .unreadableRecord {
            report(error)
            return nil
        }
    }

    func save(_ record: TokenRecord) async throws {
        try await StoreThreads.shared.run(for: key) { [item, state] in
            let (before, tag, isOver) = state.withLock { ($0.current, $0.tag, $0.isOver) }
            guard !isOver else { throw StoreFault.ended }
            guard record.generation.number >= before?.generation.number ?? .min else { throw StoreFault.older }
            let saved = try item.save(record, over: tag)
            state.withLock { ($0.current, $0.tag) = (record, saved) }
        }
    }

    func remove() async throws {
        try await StoreThreads.shared.run(for: key) { [item, state] in
            if let tag = state.withLock({ $0.tag }) { try item.remove(tagged: tag) }
            state.withLock { ($0.current, $0.tag) = (nil, nil) }
        }
    }

    func end() async throws {
        try await StoreThreads.shared.run(for: key) { [item, state] in
            state.withLock { $0.isOver = true }
            item.release()
        }
    }
}
#endif
