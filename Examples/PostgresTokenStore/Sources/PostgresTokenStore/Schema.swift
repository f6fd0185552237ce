import OAuthDialects

/// The tables of the store, and what brings them about.
enum Schema {
    static let version = 1

    static let tables = "oauth_token_store, oauth_token_records, oauth_unreadable_records"

    /// Run as often as one likes, by several at once, and on a newer version too: then it changes nothing.
    static let migration = """
        BEGIN;
        SELECT pg_advisory_xact_lock(hashtext('oauth_token_store'));

        CREATE TABLE IF NOT EXISTS oauth_token_store (
            version integer NOT NULL
        );

        -- One row for each session key; without a record only while its first update runs.
        CREATE TABLE IF NOT EXISTS oauth_token_records (
            key              text PRIMARY KEY,      -- SHA-256 of the session's key
            record           bytea,                 -- what the session stored, sealed if there is a cipher
            generation       bigint,                -- of the record: which of two is newer
            generation_id    text,
            saved_at         timestamptz,
            lease_owner      text,                  -- whose update runs now
            lease_until      timestamptz,           -- by this server's clock; others may take over then
            lease_generation bigint NOT NULL        -- grows with each lease: whoever has an older one is fenced
        );

        -- Records that could not be read, the newest three of each key.
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

    /// Makes sure that the tables are those that this program knows.
    static func check(_ rows: [Row]) throws {
        let found = rows.first?.first.flatMap { $0?.text }.flatMap { Int($0) } ?? 0
        if found > version { throw PostgresFault.newer(found) }
        if found < version { throw PostgresFault.older("version \(found)") }
    }
}
