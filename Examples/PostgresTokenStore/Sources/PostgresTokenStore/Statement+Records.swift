import Foundation
import OAuthDialects
import PostgresConnections

/// The store's statements. Each is a transaction of its own and safe to repeat, because the answer may be lost.
extension Statement {
    static let version = Statement("SELECT version::text FROM oauth_token_store")

    static func read(_ key: String) -> Statement {
        Statement("SELECT record FROM oauth_token_records WHERE key = $1::text", [.text(key)])
    }

    /// Takes the lease if it is free, has expired, or belongs to this owner.
    ///
    /// It reads before it writes, so that waiting writes nothing; the last condition detects what others did in between.
    static func take(_ key: String, as owner: String, for lease: Duration) -> Statement {
        Statement(
            """
            WITH free AS (
                SELECT 1 WHERE NOT EXISTS (
                    SELECT 1 FROM oauth_token_records
                    WHERE key = $1::text AND lease_until >= clock_timestamp()
                        AND lease_owner <> $2::text
                )
            )
            INSERT INTO oauth_token_records AS held (key, lease_owner, lease_until, lease_generation)
            SELECT $1::text, $2::text, clock_timestamp() + $3::text::interval, 1 FROM free
            ON CONFLICT (key) DO UPDATE SET
                lease_owner = $2::text,
                lease_until = clock_timestamp() + $3::text::interval,
                lease_generation = held.lease_generation + 1
            WHERE held.lease_owner IS NULL OR held.lease_until < clock_timestamp()
                OR held.lease_owner = $2::text
            RETURNING lease_generation::text, record
            """,
            [.text(key), .text(owner), .text("\(lease / .milliseconds(1)) milliseconds")]
        )
    }

    /// Saves a record over the one of the `stored` generation, if the lease is still this one.
    ///
    /// The new generation is accepted as well: it is there if the answer to the same statement was lost.
    static func save(
        _ bytes: Data,
        _ generation: Int,
        over stored: Int?,
        holding lease: Lease
    ) -> Statement {
        Statement(
            """
            UPDATE oauth_token_records SET
                record = $4::bytea, generation = $5::text::bigint, saved_at = clock_timestamp()
            WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
                AND (generation IS NOT DISTINCT FROM $6::text::bigint OR generation = $5::text::bigint)
            RETURNING key
            """,
            lease.values + [.bytes(bytes), .text("\(generation)"), stored.map { .text("\($0)") } ?? .null]
        )
    }

    /// Moves an unreadable record to the table for them, which keeps the newest three of the key.
    static func moveAside(_ bytes: Data, holding lease: Lease) -> Statement {
        Statement(
            """
            WITH moved AS (
                UPDATE oauth_token_records SET record = NULL, generation = NULL
                WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
                    AND record = $4::bytea
                RETURNING key
            ), gone AS (
                DELETE FROM oauth_unreadable_records WHERE ctid IN (
                    SELECT ctid FROM oauth_unreadable_records WHERE key IN (SELECT key FROM moved)
                    ORDER BY found_at DESC OFFSET 2
                )
            )
            INSERT INTO oauth_unreadable_records (key, record) SELECT key, $4::bytea FROM moved
            """,
            lease.values + [.bytes(bytes)]
        )
    }

    /// Releases the lease, and deletes a row without a record.
    ///
    /// It returns the key if the row still had the lease.
    static func release(_ lease: Lease) -> Statement {
        Statement(
            """
            WITH gone AS (
                DELETE FROM oauth_token_records
                WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
                    AND record IS NULL
                RETURNING key
            ), freed AS (
                UPDATE oauth_token_records SET lease_owner = NULL, lease_until = NULL
                WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
                    AND record IS NOT NULL
                RETURNING key
            )
            SELECT key FROM gone UNION ALL SELECT key FROM freed
            """,
            lease.values
        )
    }
}

/// A lease: until it expires, only its owner can save the record, and after that only the owner of the next lease.
struct Lease: Sendable {
    let key: String
    let owner: String
    let generation: String

    var values: [Statement.Value] { [.text(key), .text(owner), .text(generation)] }
}
