#if PostgreSQL
import PostgresConnections

/// The shop's tables, and the migration that creates them.
enum ShopSchema {
    static let version = 1

    static let tables = "shop_schema, shop_orders, shop_events, shop_kept"

    /// It is safe to run repeatedly, concurrently, and on tables of a newer version, which it does not change.
    static let migration = """
        BEGIN;
        SELECT pg_advisory_xact_lock(hashtext('shop_schema'));

        CREATE TABLE IF NOT EXISTS shop_schema (
            version integer NOT NULL
        );

        CREATE TABLE IF NOT EXISTS shop_orders (
            id         text PRIMARY KEY,
            browser    text NOT NULL,
            version    integer NOT NULL,
            state      text NOT NULL,
            due_at     timestamptz,             -- NULL once nothing is left to do
            created_at timestamptz NOT NULL,
            document   jsonb NOT NULL,          -- the whole order
            writes     text[] NOT NULL          -- the names of the latest writes, for those whose answer was lost
        );
        CREATE INDEX IF NOT EXISTS shop_orders_browser ON shop_orders (browser, created_at DESC);
        CREATE INDEX IF NOT EXISTS shop_orders_due ON shop_orders (due_at) WHERE due_at IS NOT NULL;

        -- What providers have said, by their own ids.
        CREATE TABLE IF NOT EXISTS shop_events (
            id       text PRIMARY KEY,
            noted_at timestamptz NOT NULL,
            noted_by text NOT NULL              -- the name of the write
        );
        CREATE INDEX IF NOT EXISTS shop_events_age ON shop_events (noted_at);

        -- What is taken once, such as a browser's attempt to sign in.
        CREATE TABLE IF NOT EXISTS shop_kept (
            name       text PRIMARY KEY,
            bytes      bytea NOT NULL,
            expires_at timestamptz NOT NULL,
            taken_by   text                     -- the name of the write that took it
        );
        CREATE INDEX IF NOT EXISTS shop_kept_age ON shop_kept (expires_at);

        DELETE FROM shop_schema WHERE version < \(version);
        INSERT INTO shop_schema SELECT \(version) WHERE NOT EXISTS (SELECT FROM shop_schema);
        COMMIT;

        """

    /// Checks that this program supports the version of the tables.
    static let check = ConnectionCheck(Statement("SELECT version::text FROM shop_schema")) { rows in
        let found = rows.first?.text(0).flatMap { Int($0) } ?? 0
        if found > version { throw DatabaseError.newer(found) }
        if found < version { throw DatabaseError.outdated("version \(found)") }
    }
}
#endif
