#if PostgreSQL
import FleetSupport
import Foundation
import ShopCore
import ShopPostgres
import Testing

extension OnPostgres {
    struct SchemaTests {
        @Test func `Eight processes may apply the migration at once, and again later`() async throws {
            let database = try await ShopDatabase(isMigrated: false)
            #expect(await shopError { try await database.store().order("any") }?.kind == .unavailable)
            #expect(database.reports.all.first?.hint == "Apply the migration.")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await database.store().migrate() } }
                try await group.waitForAll()
            }
            let store = database.store()
            try await store.insert(.sample())
            try await store.migrate()
            #expect(try await store.order(Order.sample().id) == .sample())
        }

        @Test func `Tables of a newer version are left alone`() async throws {
            let database = try await ShopDatabase()
            try await database.sql("UPDATE shop_schema SET version = 2")
            let store = database.store()
            try await store.migrate()
            #expect(await shopError { try await store.insert(.sample()) }?.kind == .unavailable)
            #expect(database.reports.all.first?.message.contains("have version 2") == true)
        }

        @Test func `An order that can't be read stops no other`() async throws {
            let database = try await ShopDatabase()
            let store = database.store()
            for id in ["good", "bad"] { try await store.insert(.sample(id)) }
            try await database.sql("UPDATE shop_orders SET document = '{}' WHERE id = 'bad'")
            #expect(try await store.due(at: .start, limit: 9).map(\.id) == ["good"])
            #expect(try await store.due(at: .start, limit: 1).map(\.id) == ["good"], "whichever comes first")
            #expect(await shopError { try await store.order("bad") }?.kind == .unavailable)
            #expect(database.reports.all.allSatisfy { $0.message.contains("The order bad can't be read") })
        }

        @Test func `The columns follow the order`() async throws {
            let database = try await ShopDatabase()
            let store = database.store()
            try await store.insert(.sample())
            try await store.change(Order.sample().id) {
                $0.state = .cancelled
                $0.dueAt = .distantFuture
            }
            let row = try await database.sql(
                "SELECT id, browser, version, state, due_at IS NULL, extract(epoch FROM created_at) FROM shop_orders"
            )
            #expect(row == "order-of-the-test|browser|2|cancelled|t|1800000000.100000")
        }

        @Test func `What is over is deleted by those who come later`() async throws {
            let database = try await ShopDatabase()
            let store = database.store()
            for number in 0..<3 {
                try await store.keep(Data(), as: "attempt-\(number)", until: .now - 1)
                _ = try await store.note(event: "event-\(number)", at: .now - 31 * 24 * 3600)
            }
            try await store.keep(Data(), as: "attempt", until: .now + 60)
            _ = try await store.note(event: "event", at: .now)
            #expect(try await database.sql("SELECT name FROM shop_kept") == "attempt")
            #expect(try await database.sql("SELECT id FROM shop_events") == "event")
        }

        @Test func `A name that can't be stored is nobody's`() async throws {
            let database = try await ShopDatabase()
            let store = database.store()
            #expect(try await store.order("a\0b") == nil)
            #expect(try await store.take("a\0b", at: .now) == nil)
            #expect(try await store.orders(of: "a\0b", limit: 1).isEmpty)
        }

        @Test func `No password is printed`() async throws {
            let store = PostgresShopStore(connection: "host=127.0.0.1 password=s3cret-of-the-role 'unreadable")
            var dumped = ""
            dump(store, to: &dumped)
            let error = await #expect(throws: DatabaseError.self) { try await store.migrate() }
            for text in ["\(store)", dumped, error.map { "\($0)" } ?? ""] {
                #expect(!text.contains("s3cret-of-the-role"))
            }
        }
    }
}
#endif
