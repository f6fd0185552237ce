import Foundation
import OAuthDialects
import PostgresConnections

/// A token store in a PostgreSQL database that any number of machines share; they make one token request for all of them.
///
/// An update takes a lease on the key's row in one short transaction, and releases it in another. In between it holds no
/// connection, so that a provider that does not answer delays only the callers who wait for that provider's token. A lease expires
/// by the database's clock. A process that takes it over gets a higher lease generation, and the earlier holder's saves throw
/// `storeBusy`. Lost connections and server restarts are retried until the statement timeout.
public final class PostgresTokenStore: TokenStore {
    private static let pauses = Duration.milliseconds(10)...Duration.milliseconds(100)

    private let pool: StoreConnections
    private let cipher: (any TokenCipher)?
    private let lease: Duration
    private let timeout: Duration
    private let clock: SystemClock = .system
    private let unreleased = UnreleasedLeases()

    /// Creates a store; it connects when it is first used.
    ///
    /// - Parameters:
    ///   - connection: a connection string or URI (PostgreSQL, chapter 34.1.1). Missing parameters come from `PGHOST`, `PGPASSWORD`,
    ///     `~/.pgpass`, and so on.
    ///   - cipher: encrypts the records; without one they are plain text in the database.
    ///   - connections: the maximum number of connections.
    ///   - lease: how long an update may take before another process may take over its lease; at least
    ///     ``RenewalPolicy/renewalTimeout``.
    ///   - timeout: how long an update waits for the lease; less than ``RenewalPolicy/renewalTimeout``.
    ///   - statementTimeout: how long one statement may take, including connecting and retries. Twice that should be less than
    ///     ``RenewalPolicy/timeout``, so that a client can authenticate without a store that does not answer.
    public init(
        connection: Secret,
        cipher: (any TokenCipher)? = nil,
        connections: Int = 2,
        lease: Duration = RenewalPolicy().renewalTimeout,
        timeout: Duration = RenewalPolicy().renewalTimeout * 0.8,
        statementTimeout: Duration = .seconds(3)
    ) {
        pool = StoreConnections(to: connection, size: connections, timeout: statementTimeout)
        self.cipher = cipher
        self.lease = lease
        self.timeout = timeout
    }

    /// The SQL that creates the store's tables or updates older ones.
    public static var migration: String { Schema.migration }

    /// Runs ``migration``; running it again changes nothing.
    public func migrate() async throws {
        try await pool.run(script: Schema.migration)
    }

    public func record(for key: SessionKey) async throws -> TokenRecord? {
        guard let bytes = try await pool.run(.read(key.digest)).first?.bytes(0) else { return nil }
        return try TokenRecord(bytes: bytes, for: key, sealedBy: cipher)
    }

    public func update(_ key: SessionKey, _ body: StoreUpdate.Body) async throws {
        let (lease, bytes) = try await takeLease(for: key)
        let update = PostgresUpdate(key, lease, in: pool, cipher)
        do {
            let (record, notices) = try await update.load(bytes)
            try await body(StoreUpdate(record: record, notices: notices) { try await update.save($0) })
        } catch {
            await end(update, lease)
            throw error
        }
        await end(update, lease)
    }

    /// Waits until the lease is free or its holder's has expired, and takes it.
    private func takeLease(for key: SessionKey) async throws -> (Lease, Data?) {
        let deadline = clock.now + timeout
        var owner = Owner.next()
        var pause = Self.pauses.lowerBound
        while true {
            try Task.checkCancellation()
            // The name that is replaced here has just been refused, so it holds no lease.
            owner = unreleased.take(of: key) ?? owner
            do {
                if let row = try await pool.run(.take(key.digest, as: owner, for: lease)).first {
                    return (Lease(key: key.digest, owner: owner, generation: row.text(0) ?? ""), row.bytes(1))
                }
            } catch {
                // The lease may have been taken although the answer was lost.
                unreleased.add(owner, of: key)
                throw error
            }
            guard clock.now + pause < deadline else { throw PostgresFault.leaseBusy }
            try await clock.sleep(until: clock.now + pause * Double.random(in: 0.5...1))
            pause = min(pause * 2, Self.pauses.upperBound)
        }
    }

    /// Releases the lease.
    ///
    /// If that fails, the next update of this process takes it over; other processes wait until it expires.
    private func end(_ update: PostgresUpdate, _ lease: Lease) async {
        do { try await update.end() } catch { unreleased.add(lease.owner, of: update.key) }
    }
}
