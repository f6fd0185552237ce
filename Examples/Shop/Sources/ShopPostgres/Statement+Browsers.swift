#if PostgreSQL
import Foundation
import PostgresConnections

/// The statements about events and what is kept; each is a transaction of its own, and safe to repeat.
extension Statement {
    /// Notes an event, and returns the name of the write that noted it first; up to 100 events of the month before are deleted.
    static func note(_ id: String, at date: Date, as write: String) -> Statement {
        Statement(
            """
            WITH gone AS (
                DELETE FROM shop_events WHERE id IN (
                    SELECT id FROM shop_events
                    WHERE noted_at < to_timestamp($2::text::double precision) - interval '30 days' AND id <> $1::text
                    LIMIT 100 FOR UPDATE SKIP LOCKED
                )
            )
            INSERT INTO shop_events (id, noted_at, noted_by)
            VALUES ($1::text, to_timestamp($2::text::double precision), $3::text)
            ON CONFLICT (id) DO UPDATE SET noted_by = shop_events.noted_by
            RETURNING noted_by
            """,
            [.text(id), .date(date), .text(write)]
        )
    }

    /// Keeps bytes, and deletes up to 100 others that have expired.
    static func keep(_ bytes: Data, as name: String, until date: Date) -> Statement {
        Statement(
            """
            WITH gone AS (
                DELETE FROM shop_kept WHERE name IN (
                    SELECT name FROM shop_kept WHERE expires_at < clock_timestamp() AND name <> $1::text
                    LIMIT 100 FOR UPDATE SKIP LOCKED
                )
            )
            INSERT INTO shop_kept (name, bytes, expires_at)
            VALUES ($1::text, $2::bytea, to_timestamp($3::text::double precision))
            ON CONFLICT (name) DO UPDATE SET
                bytes = EXCLUDED.bytes, expires_at = EXCLUDED.expires_at, taken_by = NULL
            """,
            [.text(name), .bytes(bytes), .date(date)]
        )
    }

    /// Takes bytes for one write, which finds them again if the answer was lost.
    static func take(_ name: String, at date: Date, as write: String) -> Statement {
        Statement(
            """
            UPDATE shop_kept SET taken_by = $3::text
            WHERE name = $1::text AND expires_at > to_timestamp($2::text::double precision)
                AND (taken_by IS NULL OR taken_by = $3::text)
            RETURNING bytes
            """,
            [.text(name), .date(date), .text(write)]
        )
    }

    /// Deletes what a write has taken.
    static func forget(_ name: String, takenBy write: String) -> Statement {
        Statement(
            "DELETE FROM shop_kept WHERE name = $1::text AND taken_by = $2::text",
            [.text(name), .text(write)]
        )
    }
}
#endif
