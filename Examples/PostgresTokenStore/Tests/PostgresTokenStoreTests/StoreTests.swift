import FleetSupport
import Foundation
import OAuthDialects
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct StoreTests {
        private let database: Database

        init() async throws {
            database = try await Database()
        }

        @Test func `A record comes back as it went in, from another store as well`() async throws {
            let store = database.store()
            #expect(try await store.record(for: .sample) == nil)
            let record = TokenRecord.numbered(3)
            try await store.put(record)
            #expect(try await database.store().record(for: .sample) == record)
            try await store.update(.sample) { #expect($0.record == record) }
            try await store.update(SessionKey(identifier: "account=other")) { #expect($0.record == nil) }
            #expect(try await database.sql("SELECT count(*) FROM oauth_token_records") == "1")
        }

        @Test func `What is saved in the middle is there for all at once, and no lease is left`() async throws {
            let store = database.store()
            try await store.update(.sample) { update in
                try await update.save(.numbered(1))
                #expect(try await database.store().generation == 1)
                try await update.save(.numbered(2))
                try await update.save(.numbered(3))
            }
            #expect(try await store.generation == 3)
            #expect(
                try await database.sql("SELECT lease_owner IS NULL, lease_until IS NULL FROM oauth_token_records")
                    == "t|t"
            )
        }

        @Test func `An older generation never replaces a newer one, and a failing body changes nothing`() async throws {
            let store = database.store()
            try await store.put(.numbered(5))
            #expect(await storeError { try await store.put(.numbered(4)) }?.code == .storeBusy)
            await #expect(throws: CocoaError.self) {
                try await store.update(.sample) { _ in throw CocoaError(.coderInvalidValue) }
            }
            #expect(try await store.generation == 5)
            try await store.put(.numbered(6))
            #expect(try await store.generation == 6)
        }

        @Test func `A save is of no use after its update has ended`() async throws {
            let store = database.store()
            let kept = Box<StoreUpdate>()
            try await store.update(.sample) { update in
                kept.put(update)
                try await update.save(.numbered(1))
            }
            let update = try #require(kept.value)
            #expect(await storeError { try await update.save(.numbered(2)) }?.code == .storeFailed)
            #expect(try await store.generation == 1)
        }

        @Test func `Updates of one key come one after the other, whichever store they go through`() async throws {
            let stores = [database.store(), database.store(), database.store()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<30 {
                    group.addTask {
                        try await stores[index % 3].update(.sample) { update in
                            try await update.save(.numbered((update.record?.generation ?? 0) + 1))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await stores[0].generation == 30)
            #expect(try await database.sql("SELECT lease_generation FROM oauth_token_records") == "30")
        }

        @Test func `No connection is held while fifty updates run on a pool of one`() async throws {
            let store = database.store(connections: 1)
            let inside = Counter()
            let gate = Latch()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<50 {
                    group.addTask {
                        try await store.update(SessionKey(identifier: "account=\(index)")) { update in
                            inside.increment()
                            await gate.passes()
                            try await update.save(.numbered(1))
                        }
                    }
                }
                try await inside.reaches(50)
                try await store.put(.numbered(7))
                #expect(try await store.generation == 7)
                let sessions =
                    "SELECT count(*), bool_or(state LIKE '%transaction%') FROM pg_stat_activity WHERE datname = '\(database.name)' AND application_name = 'OAuthDialects'"
                #expect(try await database.server.sql(sessions) == "1|f")
                gate.open()
                try await group.waitForAll()
            }
            #expect(
                try await database.sql("SELECT count(*) FROM oauth_token_records WHERE lease_owner IS NULL") == "51"
            )
        }

        @Test func `Keys are named by their digest alone, and records are bound to the bytes of one key`() async throws
        {
            try await database.store().put(.numbered(1))
            #expect(try await database.sql("SELECT key FROM oauth_token_records") == SessionKey.sample.digest)
        }

        @Test func `The migration that is printed is the one that is applied, and may be applied again`() async throws {
            try await database.store().put(.numbered(1))
            try await database.store().migrate()
            try await database.sql(PostgresTokenStore.migration)
            #expect(try await database.store().generation == 1)
            #expect(try await database.sql("SELECT version FROM oauth_token_store") == "1")
            let fresh = try await Database(isMigrated: false)
            async let one: Void = fresh.store().migrate()
            async let other: Void = fresh.store().migrate()
            _ = try await (one, other)
            #expect(try await fresh.sql("SELECT version FROM oauth_token_store") == "1")
        }
    }
}
