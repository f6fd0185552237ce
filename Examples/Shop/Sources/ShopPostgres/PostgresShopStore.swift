#if PostgreSQL
import Foundation
public import OAuthDialects
import PostgresConnections
public import ShopCore

/// The shop's store in a PostgreSQL database that any number of processes share.
///
/// Lost connections and restarts of the server are waited for until the timeout. After that, and if the database can't be used,
/// every call throws a ``ShopError`` of the kind `unavailable`, and a ``DatabaseError`` is reported. A write whose answer was lost
/// is repeated, and recognizes itself by a name of its own, even if others have changed the order meanwhile.
public final class PostgresShopStore: ShopStore {
    private let pool: ConnectionPool
    private let report: @Sendable (DatabaseError) -> Void

    /// Creates a store; it connects when it is first used.
    ///
    /// - Parameters:
    ///   - connection: a connection string or URI (PostgreSQL, chapter 34.1.1).
    ///   - connections: the maximum number of connections.
    ///   - timeout: how long a statement may take, including connecting and retries.
    ///   - report: receives what keeps the store from the database, for the log.
    public init(
        connection: Secret,
        connections: Int = 4,
        timeout: Duration = .seconds(3),
        report: @escaping @Sendable (DatabaseError) -> Void = { _ in }
    ) {
        pool = ConnectionPool(
            to: connection,
            size: connections,
            timeout: timeout,
            applicationName: "Shop",
            check: ShopSchema.check
        )
        self.report = report
    }

    /// The SQL that creates the shop's tables or updates older ones.
    public static var migration: String { ShopSchema.migration }

    /// Runs ``migration``; running it again changes nothing.
    ///
    /// - Throws: ``DatabaseError``.
    public func migrate() async throws {
        do { try await pool.run(script: ShopSchema.migration) } catch let error as PostgresError {
            throw DatabaseError(error)
        }
    }

    public func order(_ id: Order.ID) async throws -> Order? {
        guard id.isStorable, let row = try await run(.order(id)).first else { return nil }
        guard let order = order(in: row) else { throw Self.unavailable }
        return order
    }

    public func orders(of browser: String, limit: Int) async throws -> [Order] {
        guard browser.isStorable else { return [] }
        return try await run(.orders(of: browser, limit: limit)).compactMap(order)
    }

    public func insert(_ order: Order) async throws {
        let write = UUID().uuidString
        guard try await run(.insert(order, OrderDocument.bytes(order), as: write)).isEmpty else { return }
        guard try await !run(.done(write, of: order.id)).isEmpty else {
            throw ShopError(.invalid, "There is an order of this number.")
        }
    }

    public func replace(_ order: Order) async throws -> Bool {
        let write = UUID().uuidString
        guard try await run(.replace(order, OrderDocument.bytes(order), as: write)).isEmpty else { return true }
        return try await !run(.done(write, of: order.id)).isEmpty
    }

    public func due(at date: Date, limit: Int) async throws -> [Order] {
        var rows = try await run(.due(at: date, limit: limit))
        var orders = rows.compactMap(order)
        // Orders that can't be read must not hide those behind them.
        var asked = limit
        while orders.isEmpty, rows.count == asked, asked > 0, asked < 100_000 {
            asked *= 8
            rows = try await run(.due(at: date, limit: asked))
            orders = Array(rows.compactMap(order).prefix(limit))
        }
        return orders
    }

    public func note(event id: String, at date: Date) async throws -> Bool {
        let write = UUID().uuidString
        return try await run(.note(id, at: date, as: write)).first?.text(0) == write
    }

    public func keep(_ bytes: Data, as name: String, until date: Date) async throws {
        _ = try await run(.keep(bytes, as: name, until: date))
    }

    public func take(_ name: String, at date: Date) async throws -> Data? {
        let write = UUID().uuidString
        guard name.isStorable, let row = try await run(.take(name, at: date, as: write)).first else { return nil }
        // Nobody can take it again; a row that stays is deleted when it has expired.
        _ = try? await run(.forget(name, takenBy: write))
        return row.bytes(0)
    }

    private func order(in row: Row) -> Order? {
        if let order = row.bytes(1).flatMap({ try? OrderDocument.order($0) }) { return order }
        report(.unreadable(row.text(0) ?? ""))
        return nil
    }

    private func run(_ statement: Statement) async throws -> [Row] {
        do { return try await pool.run(statement) } catch let error as PostgresError {
            report(DatabaseError(error))
        } catch let error as DatabaseError {
            report(error)
        }
        throw Self.unavailable
    }

    private static let unavailable = ShopError(
        .unavailable,
        "The shop can't reach its orders right now. Please try again in a moment."
    )
}

extension String {
    /// PostgreSQL's text has no null character, so that nothing is stored under a name with one.
    fileprivate var isStorable: Bool { !utf8.contains(0) }
}
#endif
