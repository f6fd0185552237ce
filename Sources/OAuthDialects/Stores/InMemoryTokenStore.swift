/// Records in this process's memory: what ends with the process.
///
/// Several sessions may share one; updates of one key come one after the other, those of different keys side by side.
public final class InMemoryTokenStore: TokenStore {
    private struct Shelf {
        var records: [SessionKey: TokenRecord] = [:]
        var gates: [SessionKey: Gate] = [:]
    }

    private let shelf = Locked(Shelf())

    /// Makes an empty store.
    public init() {}

    public func record(for key: SessionKey) -> TokenRecord? {
        shelf.withLock { $0.records[key] }
    }

    @discardableResult
    public func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord? {
        let gate = shelf.withLock { shelf in
            let gate = shelf.gates[key] ?? Gate()
            shelf.gates[key] = gate
            return gate
        }
        try await gate.enter()
        defer { gate.leave() }
        switch try await body(record(for: key), { try self.put($0, for: key) }) {
        case .keep: break
        case .replace(let record): try put(record, for: key)
        case .remove: shelf.withLock { $0.records[key] = nil }
        }
        return record(for: key)
    }

    private func put(_ record: TokenRecord, for key: SessionKey) throws {
        try shelf.withLock { shelf in
            if let current = shelf.records[key], current.generation.number > record.generation.number {
                throw TokenError(.storeFailed, "A newer record is stored already.")
            }
            shelf.records[key] = record
        }
    }
}
