import Foundation
import OAuthDialects
import Synchronization

/// One update of a record under its lease: what it read, and what it may save over.
///
/// A task that is cancelled saves and gives back all the same: what was bought with a refresh token is kept.
final class PostgresUpdate: Sendable {
    private struct State {
        var current: TokenRecord?
        var isOver = false
    }

    let key: SessionKey
    private let lease: Lease
    private let pool: ConnectionPool
    private let cipher: (any TokenCipher)?
    private let state = Mutex(State())
    private let turn = Shelf([()])

    init(_ key: SessionKey, _ lease: Lease, in pool: ConnectionPool, _ cipher: (any TokenCipher)?) {
        self.key = key
        self.lease = lease
        self.pool = pool
        self.cipher = cipher
    }

    /// What is stored now, as far as this update knows.
    var current: TokenRecord? { state.withLock { $0.current } }

    /// Reads the record that came with the lease; one that can't be read is moved aside, and a newer format is an error.
    func open(_ bytes: Data?, _ report: @Sendable (TokenError) -> Void) async throws -> TokenRecord? {
        guard let bytes else { return nil }
        do {
            let record = try TokenRecord(bytes: bytes, for: key, sealedBy: cipher)
            state.withLock { $0.current = record }
            return record
        } catch let error as TokenError where error.code == .unreadableRecord {
            _ = try await run(.setAside(bytes, holding: lease))
            report(PostgresFault.setAside(error))
            return nil
        }
    }

    func save(_ record: TokenRecord) async throws {
        try await inTurn { [self] in
            let (before, isOver) = state.withLock { ($0.current?.generation, $0.isOver) }
            guard !isOver else { throw PostgresFault.ended }
            guard record.generation.number >= before?.number ?? .min else { throw PostgresFault.older }
            let bytes = try record.bytes(for: key, sealedBy: cipher)
            let saved = try await pool.run(.save(bytes, record.generation, over: before, holding: lease))
            guard !saved.isEmpty else { throw PostgresFault.overtaken }
            state.withLock { $0.current = record }
        }
    }

    func remove() async throws {
        try await inTurn { [self] in
            guard try await !pool.run(.remove(holding: lease)).isEmpty else { throw PostgresFault.overtaken }
            state.withLock { $0.current = nil }
        }
    }

    /// Gives the lease back.
    ///
    /// - Throws: an error if that failed, or the lease is another by now: a taking that was given up may have been done late.
    func end() async throws {
        try await inTurn { [self] in
            state.withLock { $0.isOver = true }
            guard try await !pool.run(.release(lease)).isEmpty else { throw PostgresFault.overtaken }
        }
    }

    private func run(_ statement: Statement) async throws -> [Row] {
        try await Task.detached { [pool] in try await pool.run(statement) }.value
    }

    /// Runs what must not run beside another save of the same update, or after its end; in a task that nobody cancels.
    private func inTurn(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Task.detached { [turn] in
            // Each turn is as short as the pool's timeout.
            guard try await turn.take(by: SystemClock().now + .seconds(3600)) != nil else { return }
            defer { turn.put(()) }
            try await body()
        }.value
    }
}
