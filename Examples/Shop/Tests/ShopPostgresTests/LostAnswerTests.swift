#if PostgreSQL
import FleetSupport
import Foundation
import ShopCore
import Testing

extension OnPostgres {
    /// Connections that are cut in the middle of a statement, twice: the statement that is sent again may be cut as well.
    struct LostAnswerTests {
        @Test(arguments: Forwarder.Cut.allCases)
        func `An order whose answer was lost is stored once, and is no conflict`(_ cut: Forwarder.Cut) async throws {
            try await run(cut, at: "INSERT INTO shop_orders") { store, database in
                try await store.insert(.sample())
                #expect(try await store.order(Order.sample().id) == .sample())
            }
        }

        @Test(arguments: Forwarder.Cut.allCases)
        func `A change whose answer was lost is made once, and is no conflict`(_ cut: Forwarder.Cut) async throws {
            try await run(cut, at: "UPDATE shop_orders SET") { store, database in
                try await store.insert(.sample())
                var order = Order.sample()
                order.version = 2
                order.points = 1
                #expect(try await store.replace(order))
                #expect(try await store.order(order.id) == order)
            }
        }

        @Test func `A change is recognized even if somebody else has changed the order since`() async throws {
            try await run(.answerLost, at: "UPDATE shop_orders SET") { store, database in
                try await store.insert(.sample())
                // Stands for another process that writes right after the first one.
                try await database.sql(
                    """
                    CREATE FUNCTION go_on() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN NEW.version := NEW.version + 1; NEW.writes := 'another'::text || NEW.writes; RETURN NEW; END $$;
                    CREATE TRIGGER go_on BEFORE UPDATE ON shop_orders FOR EACH ROW EXECUTE FUNCTION go_on()
                    """
                )
                var order = Order.sample()
                order.version = 2
                #expect(try await store.replace(order))
                #expect(try await database.sql("SELECT version FROM shop_orders") == "3")
            }
        }

        @Test func `A change that somebody else made first is a conflict, although an answer was lost`() async throws {
            try await run(.unsent, at: "UPDATE shop_orders SET") { store, database in
                try await store.insert(.sample())
                try await database.store().change(Order.sample().id) { $0.points = 7 }
                var order = Order.sample()
                order.version = 2
                #expect(try await store.replace(order) == false)
                #expect(try await store.order(order.id)?.points == 7)
            }
        }

        @Test(arguments: Forwarder.Cut.allCases)
        func `An event whose answer was lost is new`(_ cut: Forwarder.Cut) async throws {
            try await run(cut, at: "INSERT INTO shop_events") { store, _ in
                var isNew: [Bool] = []
                for id in ["one", "one"] { isNew.append(try await store.note(event: id, at: .now)) }
                #expect(isNew == [true, false])
            }
        }

        @Test(arguments: Forwarder.Cut.allCases)
        func `What is taken while the answer is lost arrives, and nobody else gets it`(_ cut: Forwarder.Cut)
            async throws
        {
            try await run(cut, at: "UPDATE shop_kept SET taken_by") { store, database in
                try await store.keep(Data("bytes".utf8), as: "attempt", until: .now + 60)
                #expect(try await store.take("attempt", at: .now) == Data("bytes".utf8))
                #expect(try await database.store().take("attempt", at: .now) == nil)
                #expect(try await database.sql("SELECT count(*) FROM shop_kept") == "0")
            }
        }

        private func run(
            _ cut: Forwarder.Cut,
            at words: String,
            _ body: (any ShopStore, ShopDatabase) async throws -> Void
        ) async throws {
            let database = try await ShopDatabase()
            let forwarder = try database.forwarder()
            for _ in 0..<2 { forwarder.cut(cut, at: words) }
            try await body(database.store(behind: forwarder), database)
            #expect(forwarder.cutsMade == 2)
            #expect(database.reports.all.isEmpty)
        }
    }
}
#endif
