/// A store in this process's memory.
///
/// Its records end with the process. Several sessions may share one store. Updates of one key run one at a time; updates of different keys run concurrently.
public final class InMemoryTokenStore: TokenStore {
    private struct State {
        var records: [SessionKey: TokenRecord] = [:]
        var gates: [SessionKey: Gate] = [:]
    }

    private let state = Locked(State())

    /// Creates an empty store.
    public init() {}

    public func record(for key: SessionKey) -> TokenRecord? {
        state.withLock { $0.records[key] }
    }

    public func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        let gate = state.withLock { state in
            let gate = state.gates[key] ?? Gate()
            state.gates[key] = gate
            return gate
        }
        try await gate.enter()
        defer { gate.leave() }
        let hasEnded = Locked(false)
        defer { hasEnded.withLock { $0 = true } }
        let update = StoreUpdate(record: record(for: key)) { record in
            try hasEnded.withLock { hasEnded in
                guard !hasEnded else { throw StoreFault.ended }
                try self.save(record, for: key)
            }
        }
        try await body(update)
    }

    private func save(_ record: TokenRecord, for key: SessionKey) throws {
        try state.withLock { state in
            if let stored = state.records[key], stored.generation > record.generation { throw StoreFault.older }
            state.records[key] = record
        }
    }
}
