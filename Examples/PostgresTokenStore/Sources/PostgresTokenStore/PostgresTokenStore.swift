import Foundation
import OAuthDialects

/// Records in a PostgreSQL database that any number of machines share: one exchange for all of them.
///
/// An update takes a lease on its key's row in one short transaction and gives it back in another; no connection is held while
/// it runs, so that a provider that hangs holds up nobody but those who wait for that very token. A lease is over by the
/// database's clock; whoever takes over has a higher lease generation, and what the late one saves is refused. A connection that
/// is lost and a server that restarts are waited for within the timeout.
public final class PostgresTokenStore: TokenStore {
    private static let pauses = Duration.milliseconds(10)...Duration.milliseconds(100)

    private let pool: ConnectionPool
    private let cipher: (any TokenCipher)?
    private let lease: Duration
    private let patience: Duration
    private let clock = SystemClock()
    private let leftovers = Leftovers()

    /// Makes a store; nothing is connected before it is used.
    ///
    /// - Parameters:
    ///   - connection: a connection string or URI as libpq takes it (PostgreSQL, chapter 34.1.1); what it lacks comes from
    ///     `PGHOST`, `PGPASSWORD`, `~/.pgpass` and their like.
    ///   - cipher: what seals the records; they are readable in the database without one.
    ///   - connections: how many connections the store has at most.
    ///   - lease: how long an update may take before others take over; as long as ``RenewalPolicy/flight`` or longer.
    ///   - patience: how long an update waits for the lease; less than ``RenewalPolicy/flight``.
    ///   - timeout: how long one statement may take, connecting and trying again included; twice that is less than the patience
    ///     of a session's callers, so that a client authenticates without a store that does not answer.
    public init(
        connection: Secret,
        cipher: (any TokenCipher)? = nil,
        connections: Int = 2,
        lease: Duration = RenewalPolicy().renewalTimeout,
        patience: Duration = RenewalPolicy().renewalTimeout * 0.8,
        timeout: Duration = .seconds(3)
    ) {
        pool = ConnectionPool(to: connection, size: connections, timeout: timeout)
        self.cipher = cipher
        self.lease = lease
        self.patience = patience
    }

    /// The SQL that makes the store's tables, or brings older ones up to date.
    public static var migration: String { Schema.migration }

    /// Runs ``migration``; it does nothing where that was done.
    public func migrate() async throws {
        try await pool.run(script: Schema.migration)
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        guard let bytes = try await pool.run(.read(key.digest)).first?.first ?? nil else { return nil }
        return try TokenRecord(bytes: bytes, for: key, sealedBy: cipher)
    }

    @discardableResult
    public func update(_ key: SessionKey, _ body: RecordUpdate) async throws -> TokenRecord? {
        try await update(key, reporting: { _ in }, body)
    }

    @discardableResult
    public func update(
        _ key: SessionKey,
        reporting report: @escaping StoreReport,
        _ body: RecordUpdate
    ) async throws -> TokenRecord? {
        let (lease, bytes) = try await take(key)
        let update = PostgresUpdate(key, lease, in: pool, cipher)
        do {
            let stored = try await update.open(bytes, report)
            switch try await body(stored, { try await update.save($0) }) {
            case .keep: break
            case .replace(let record): try await update.save(record)
            case .remove: try await update.remove()
            }
        } catch {
            await end(update, lease)
            throw error
        }
        let record = update.current
        await end(update, lease)
        return record
    }

    /// Waits until the lease is free, or its holder's is over.
    private func take(_ key: SessionKey) async throws -> (Lease, Data?) {
        let deadline = clock.now + patience
        var owner = Owner.next()
        var pause = Self.pauses.lowerBound
        while true {
            try Task.checkCancellation()
            // The name that is given up here has just been told that it has no lease.
            owner = leftovers.take(of: key) ?? owner
            do {
                if let row = try await pool.run(.take(key.digest, as: owner, for: lease)).first {
                    return (Lease(key: key.digest, owner: owner, generation: row[0]?.text ?? ""), row[1])
                }
            } catch {
                // It may have been taken, and the answer lost.
                leftovers.leave(owner, of: key)
                throw error
            }
            guard clock.now + pause < deadline else { throw PostgresFault.leaseBusy }
            try await clock.sleep(until: clock.now + pause * Double.random(in: 0.5...1))
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Gives the lease back; where that fails, the next update of this process may have it at once, and others when it is over.
    private func end(_ update: PostgresUpdate, _ lease: Lease) async {
        do { try await update.end() } catch { leftovers.leave(lease.owner, of: update.key) }
    }
}
