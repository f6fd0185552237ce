#if PostgreSQL
import FleetSupport
import Foundation
import ShopCore
import Testing

extension OnPostgres {
    struct OutageTests {
        @Test(arguments: ["fast", "immediate"])
        func `A database that goes away is an error within seconds, and is used again when it is back`(_ mode: String)
            async throws
        {
            let server = try await PostgresServer()
            let database = try await ShopDatabase(on: server)
            let store = database.store(timeout: .seconds(2))
            try await store.insert(.sample())
            try await server.stop(mode)
            let start = ContinuousClock.now
            #expect(await shopError { try await store.order(Order.sample().id) }?.kind == .unavailable)
            #expect(await shopError { try await store.insert(.sample("another")) }?.kind == .unavailable)
            #expect(ContinuousClock.now - start < .seconds(15))
            #expect(database.reports.all.count == 2)
            #expect(database.reports.all.allSatisfy { $0.isTransient })
            try await server.start()
            #expect(try await store.order(Order.sample().id) == .sample())
        }

        @Test func `A database that does not answer is an error within seconds`() async throws {
            let database = try await ShopDatabase()
            let forwarder = try database.forwarder()
            let address = database.server.address(of: database.name, at: "127.0.0.1", forwarder.port)
            let store = database.store(at: address, timeout: .seconds(2))
            try await store.insert(.sample())
            forwarder.isSilent(true)
            let start = ContinuousClock.now
            #expect(await shopError { try await store.order(Order.sample().id) }?.kind == .unavailable)
            #expect(ContinuousClock.now - start < .seconds(10))
            forwarder.isSilent(false)
            #expect(try await store.order(Order.sample().id) == .sample())
        }

        @Test func `Restarts while eight writers change an order lose nothing and double nothing`() async throws {
            let server = try await PostgresServer()
            let database = try await ShopDatabase(on: server)
            try await database.store().insert(.sample())
            let count = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    let store = database.store(timeout: .seconds(60))
                    group.addTask {
                        for _ in 0..<40 {
                            try await store.change(Order.sample().id) { $0.points = ($0.points ?? 0) + 1 }
                            count.increment()
                        }
                    }
                }
                for (changes, mode) in [(40, "immediate"), (120, "fast"), (200, "immediate")] {
                    try await count.reaches(changes)
                    try await server.stop(mode)
                    try await server.start()
                }
                try await group.waitForAll()
            }
            let order = try await database.store().order(Order.sample().id)
            #expect(order?.points == 320)
            #expect(order?.version == 321)
            #expect(database.reports.all.isEmpty)
        }
    }
}
#endif
