import Foundation
import OAuthDialects

/// What the store says to the server. Each statement is a transaction of its own, and does no harm if it is done twice: the
/// answer to the first may have been lost.
extension Statement {
    static let version = Statement("SELECT version::text FROM oauth_token_store")

    static func read(_ key: String) -> Statement {
        Statement("SELECT record FROM oauth_token_records WHERE key = $1::text", [Data(key)])
    }

    /// Takes the lease if it is free, over, or this owner's already.
    ///
    /// It looks before it writes, so that waiting writes nothing; what others do in between, the last condition sees.
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
            [Data(key), Data(owner), Data("\(lease / .milliseconds(1)) milliseconds")]
        )
    }

    /// Saves a record over the one of that generation, if the lease is still the one that was taken.
    static func save(
        _ bytes: Data,
        _ generation: TokenRecord.Generation,
        over expected: TokenRecord.Generation?,
        holding lease: Lease
    ) -> Statement {
        Statement(
            """
            UPDATE oauth_token_records SET
                record = $4::bytea, generation = $5::text::bigint, generation_id = $6::text, saved_at = clock_timestamp()
            WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
                AND ((generation, generation_id) IS NOT DISTINCT FROM ($7::text::bigint, $8::text)
                    OR (generation, generation_id) = ($5::text::bigint, $6::text))
            RETURNING key
            """,
            lease.values + [
                bytes, Data("\(generation.number)"), Data(generation.id),
                expected.map { Data("\($0.number)") }, expected.map { Data($0.id) },
            ]
        )
    }

    static func remove(holding lease: Lease) -> Statement {
        Statement(
            """
            UPDATE oauth_token_records SET record = NULL, generation = NULL, generation_id = NULL
            WHERE key = $1::text AND lease_owner = $2::text AND lease_generation = $3::text::bigint
            RETURNING key
            """,
            lease.values
        )
    }

    /// Moves a record that can't be read aside, and keeps the newest three of the key.
    static func setAside(_ bytes: Data, holding lease: Lease) -> Statement {
        Statement(
            """
            WITH moved AS (
                UPDATE oauth_token_records SET record = NULL, generation = NULL, generation_id = NULL
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
            lease.values + [bytes]
        )
    }

    /// Gives the lease back; a row without a record goes with it, and its key is the answer if the lease was still there.
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

/// A lease that was taken: nobody else saves this key's record until it is over, and afterwards only whoever takes the next.
struct Lease: Sendable {
    let key: String
    let owner: String
    let generation: String

    var values: [Data?] { [Data(key), Data(owner), Data(generation)] }
}
