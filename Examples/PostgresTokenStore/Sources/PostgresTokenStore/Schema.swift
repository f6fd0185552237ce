import OAuthDialects
import PostgresConnections

/// The tables of the store, and the migration that creates them.
enum Schema {
    static let version = 1

    static let tables = "oauth_token_store, oauth_token_records, oauth_unreadable_records"

    /// It is safe to run repeatedly, concurrently, and on tables of a newer version, which it does not change.
    static let migration = """
        BEGIN;
        SELECT pg_advisory_xact_lock(hashtext('oauth_token_store'));

        CREATE TABLE IF NOT EXISTS oauth_token_store (
            version integer NOT NULL
        );

        -- One row for each session key; it has no record only while its first update runs.
        CREATE TABLE IF NOT EXISTS oauth_token_records (
            key              text PRIMARY KEY,      -- SHA-256 of the session key
            record           bytea,                 -- encrypted if there is a cipher
            generation       bigint,                -- of the record: the greater one is newer
            saved_at         timestamptz,
            lease_owner      text,                  -- the update that is running
            lease_until      timestamptz,           -- by this server's clock; then another process may take over
            lease_generation bigint NOT NULL        -- grows with each lease: older holders can't save
        );

        -- Unreadable records, the newest three of each key.
        CREATE TABLE IF NOT EXISTS oauth_unreadable_records (
            key      text NOT NULL,
            found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            record   bytea NOT NULL
        );
        CREATE INDEX IF NOT EXISTS oauth_unreadable_records_key ON oauth_unreadable_records (key, found_at);

        DELETE FROM oauth_token_store WHERE version < \(version);
        INSERT INTO oauth_token_store SELECT \(version) WHERE NOT EXISTS (SELECT FROM oauth_token_store);
        COMMIT;

        """

    /// Checks that this program supports the version of the tables.
    static let check = ConnectionCheck(.version) { rows in
        let found = rows.first?.text(0).flatMap { Int($0) } ?? 0
        if found > version { throw PostgresFault.newer(found) }
        if found < version { throw PostgresFault.outdated("version \(found)") }
    }
}
