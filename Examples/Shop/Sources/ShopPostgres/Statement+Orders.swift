#if PostgreSQL
import Foundation
import PostgresConnections
import ShopCore

/// The statements about orders; each is a transaction of its own.
extension Statement {
    static func order(_ id: Order.ID) -> Statement {
        Statement("SELECT id, document::text FROM shop_orders WHERE id = $1::text", [.text(id)])
    }

    static func orders(of browser: String, limit: Int) -> Statement {
        Statement(
            """
            SELECT id, document::text FROM shop_orders WHERE browser = $1::text
            ORDER BY created_at DESC, id DESC LIMIT $2::text::bigint
            """,
            [.text(browser), .text("\(max(limit, 0))")]
        )
    }

    static func due(at date: Date, limit: Int) -> Statement {
        Statement(
            """
            SELECT id, document::text FROM shop_orders WHERE due_at <= to_timestamp($1::text::double precision)
            ORDER BY due_at, id LIMIT $2::text::bigint
            """,
            [.date(date), .text("\(max(limit, 0))")]
        )
    }

    /// Inserts an order; no row comes back if there is one of that id.
    static func insert(_ order: Order, _ document: Data, as write: String) -> Statement {
        Statement(
            """
            INSERT INTO shop_orders (id, browser, created_at, document, version, state, due_at, writes)
            VALUES (
                $1::text, $6::text, to_timestamp($7::text::double precision),
                convert_from($2::bytea, 'UTF8')::jsonb, $3::text::integer, $4::text,
                to_timestamp($5::text::double precision), ARRAY[$8::text]
            )
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """,
            order.changingValues(document) + [.text(order.browser), .date(order.createdAt), .text(write)]
        )
    }

    /// Replaces the version before; no row comes back if another version is stored.
    static func replace(_ order: Order, _ document: Data, as write: String) -> Statement {
        Statement(
            """
            UPDATE shop_orders SET
                document = convert_from($2::bytea, 'UTF8')::jsonb,
                version = $3::text::integer,
                state = $4::text,
                due_at = to_timestamp($5::text::double precision),
                writes = ($6::text || writes)[1:8]
            WHERE id = $1::text AND version = $3::text::integer - 1
            RETURNING id
            """,
            order.changingValues(document) + [.text(write)]
        )
    }

    /// Finds out whether a write was done: its answer may have been lost, and the repeated statement then changes nothing.
    static func done(_ write: String, of id: Order.ID) -> Statement {
        Statement(
            "SELECT id FROM shop_orders WHERE id = $1::text AND $2::text = ANY (writes)",
            [.text(id), .text(write)]
        )
    }
}

extension Order {
    fileprivate func changingValues(_ document: Data) -> [Statement.Value] {
        [
            .text(id), .bytes(document), .text("\(version)"), .text(state.rawValue),
            dueAt < .distantFuture ? .date(dueAt) : .null,
        ]
    }
}

extension Statement.Value {
    /// Seconds since 1970, for `to_timestamp`, which keeps microseconds.
    static func date(_ date: Date) -> Self { .text("\(date.timeIntervalSince1970)") }
}
#endif
