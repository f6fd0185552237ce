import FleetSupport
import Foundation
import OAuthDialects
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct LeaseTests {
        private let database: Database

        init() async throws {
            database = try await Database()
        }

        @Test func `Whoever holds a record past the lease is overtaken, and what they save then is refused`()
            async throws
        {
            let store = database.store(lease: .milliseconds(300))
            try await store.put(.numbered(1))
            let entered = Counter()
            let gate = Latch()
            let late = Task {
                await storeError {
                    try await store.update(.sample) { update in
                        entered.increment()
                        await gate.passes()
                        try await update.save(.numbered(2, id: "late"))
                    }
                }
            }
            try await entered.reaches(1)
            let start = ContinuousClock.now
            try await database.store().put(.numbered(2, id: "overtaker"))
            #expect(ContinuousClock.now - start >= .milliseconds(250))
            gate.open()
            #expect(await late.value?.code == .storeBusy)
            #expect(try await store.stored == .numbered(2, id: "overtaker"))
            #expect(try await database.sql("SELECT lease_owner IS NULL FROM oauth_token_records") == "t")
        }

        @Test func `A late one is fenced even while the overtaker is still at work, and takes no lease away from it`()
            async throws
        {
            let store = database.store(lease: .milliseconds(200))
            let entered = Counter()
            let gate = Latch()
            let late = Task {
                await storeError {
                    try await store.update(.sample) { update in
                        entered.increment()
                        await gate.passes()
                        try await update.save(.numbered(1, id: "late"))
                    }
                }
            }
            try await entered.reaches(1)
            try await database.store().update(.sample) { update in
                #expect(update.record == nil)
                gate.open()
                #expect(await late.value?.code == .storeBusy)
                let isHeld = try await database.sql("SELECT lease_owner IS NOT NULL FROM oauth_token_records")
                #expect(isHeld == "t")
                try await update.save(.numbered(1, id: "overtaker"))
            }
            #expect(try await store.stored == .numbered(1, id: "overtaker"))
        }

        @Test func `The database's clock says when a lease is over, not the waiting machine's`() async throws {
            let store = database.store(lease: .seconds(3600))
            let entered = Counter()
            let gate = Latch()
            let holder = Task {
                try await store.update(.sample) { _ in
                    entered.increment()
                    await gate.passes()
                }
            }
            try await entered.reaches(1)
            let left =
                "SELECT lease_until - clock_timestamp() BETWEEN '59 minutes' AND '1 hour' FROM oauth_token_records"
            #expect(try await database.sql(left) == "t")
            #expect(
                await storeError { try await database.store(timeout: .milliseconds(50)).put(.numbered(1)) }?.code
                    == .storeBusy
            )
            try await database.sql("UPDATE oauth_token_records SET lease_until = clock_timestamp() - interval '1 ms'")
            try await database.store(timeout: .milliseconds(50)).put(.numbered(1))
            gate.open()
            _ = try await holder.value
        }

        @Test func `Waiting ends at the timeout, and at once when it is cancelled`() async throws {
            let store = database.store(timeout: .milliseconds(200))
            let patient = database.store(timeout: .seconds(3600))
            try await store.update(.sample) { update in
                let error = await storeError { try await store.put(.numbered(9)) }
                #expect(error?.code == .storeBusy)
                #expect(error?.isTransient == true)
                let waiter = Task { try await patient.put(.numbered(9)) }
                let busy =
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database.name)' AND query LIKE 'WITH free%'"
                try await eventually { (try? await database.server.sql(busy)) != "0" }
                let start = ContinuousClock.now
                waiter.cancel()
                await #expect(throws: CancellationError.self) { try await waiter.value }
                #expect(ContinuousClock.now - start < .seconds(5))
                try await update.save(.numbered(1))
            }
            #expect(try await store.generation == 1)
        }

        @Test func `Waiting writes nothing`() async throws {
            let store = database.store(timeout: .milliseconds(300))
            try await store.put(.numbered(1))
            try await store.update(.sample) { _ in
                let before = try await database.sql("SELECT xmin, xmax, ctid FROM oauth_token_records")
                _ = await storeError { try await store.put(.numbered(9)) }
                #expect(try await database.sql("SELECT xmin, xmax, ctid FROM oauth_token_records") == before)
            }
        }

        @Test func `A task that is cancelled in the middle of its update gives the lease back, and saves what it has`()
            async throws
        {
            let store = database.store()
            let entered = Counter()
            let gate = Latch()
            let update = Task {
                try await store.update(.sample) { update in
                    entered.increment()
                    await gate.passes()
                    try await update.save(.numbered(1))
                    try Task.checkCancellation()
                }
            }
            try await entered.reaches(1)
            update.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await update.value }
            #expect(try await store.generation == 1)
            #expect(try await database.sql("SELECT lease_owner IS NULL FROM oauth_token_records") == "t")
        }

        @Test func `A lease that could not be given back holds up its own process no longer`() async throws {
            let store = database.store()
            try await store.put(.numbered(1))
            try await store.update(.sample) { _ in
                try await database.sql("ALTER TABLE oauth_token_records RENAME TO hidden")
            }
            try await database.sql("ALTER TABLE hidden RENAME TO oauth_token_records")
            #expect(try await database.sql("SELECT lease_owner IS NOT NULL FROM oauth_token_records") == "t")
            let start = ContinuousClock.now
            try await store.put(.numbered(2))
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(try await database.sql("SELECT lease_owner IS NULL FROM oauth_token_records") == "t")
        }
    }
}
