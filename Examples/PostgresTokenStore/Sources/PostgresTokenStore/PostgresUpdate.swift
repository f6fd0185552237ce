import Foundation
import OAuthDialects
import PostgresConnections
import Synchronization

/// An update of a record under its lease.
///
/// It saves and releases the lease even if the task is cancelled: the record may hold the only copy of a refresh token.
final class PostgresUpdate: Sendable {
    private struct State {
        var generation: Int?
        var hasEnded = false
    }

    let key: SessionKey
    private let lease: Lease
    private let pool: StoreConnections
    private let cipher: (any TokenCipher)?
    private let state = Mutex(State())
    private let turn = ItemPool([()])

    init(_ key: SessionKey, _ lease: Lease, in pool: StoreConnections, _ cipher: (any TokenCipher)?) {
        self.key = key
        self.lease = lease
        self.pool = pool
        self.cipher = cipher
    }

    /// Reads the record that came with the lease; an unreadable one is moved aside and reported.
    ///
    /// - Throws: `TokenError` if a newer version wrote the record, which then stays in place.
    func load(_ bytes: Data?) async throws -> (record: TokenRecord?, notices: [TokenError]) {
        guard let bytes else { return (nil, []) }
        do {
            let record = try TokenRecord(bytes: bytes, for: key, sealedBy: cipher)
            state.withLock { $0.generation = record.generation }
            return (record, [])
        } catch let error as TokenError where error.isUnreadableRecord {
            _ = try await run(.moveAside(bytes, holding: lease))
            return (nil, [PostgresFault.movedAside(error)])
        }
    }

    func save(_ record: TokenRecord) async throws {
        try await inTurn { [self] in
            let (stored, hasEnded) = state.withLock { ($0.generation, $0.hasEnded) }
            guard !hasEnded else { throw PostgresFault.ended }
            if let stored, stored > record.generation { throw PostgresFault.older }
            let bytes = try record.bytes(for: key, sealedBy: cipher)
            let saved = try await pool.run(.save(bytes, record.generation, over: stored, holding: lease))
            guard !saved.isEmpty else { throw PostgresFault.overtaken }
            state.withLock { $0.generation = record.generation }
        }
    }

    /// Releases the lease.
    ///
    /// - Throws: an error if that failed or the row has another lease: a statement that timed out may have taken it late.
    func end() async throws {
        try await inTurn { [self] in
            state.withLock { $0.hasEnded = true }
            guard try await !pool.run(.release(lease)).isEmpty else { throw PostgresFault.overtaken }
        }
    }

    private func run(_ statement: Statement) async throws -> [Row] {
        try await Task.detached { [pool] in try await pool.run(statement) }.value
    }

    /// Runs one operation of this update at a time, in a task that nobody cancels.
    private func inTurn(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Task.detached { [turn] in
            // Each operation ends by the statement timeout, so this deadline is never reached.
            guard try await turn.take(by: SystemClock.system.now + .seconds(3600)) != nil else { return }
            defer { turn.put(()) }
            try await body()
        }.value
    }
}
