import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct OutageTests {
        /// Every statement of the store, by words that stand in it alone.
        static let statements = [
            "SELECT version::text", "SELECT record FROM", "WITH free AS", "record = $4::bytea, generation",
            "WITH gone AS",
        ]

        @Test(arguments: statements, Forwarder.Cut.allCases)
        func `A connection that is cut in the middle of a statement loses nothing and doubles nothing`(
            _ statement: String,
            _ cut: Forwarder.Cut
        ) async throws {
            let database = try await Database()
            let forwarder = try Forwarder(to: "127.0.0.1", database.server.port)
            let address = database.server.address(of: database.name, at: "127.0.0.1", forwarder.port)
            let merchant = Merchant()
            let session = try await merchant.signedIn(over: database.store(at: address, connections: 1))
            if statement.contains("version") { forwarder.endAll() }
            // Twice: the statement that is sent again may be cut as well.
            for _ in 0..<2 { forwarder.cut(cut, at: statement) }
            let token = try await session.renew()
            try await eventually { !session.status.isRenewing && forwarder.cutsMade == 2 }
            #expect(!session.status.isUnsaved)
            #expect(session.currentAccessToken == token)
            #expect(merchant.isClean)
            #expect(merchant.sandbox.counters.tokensIssued == 2)
            let rows = "SELECT generation, lease_owner IS NULL FROM oauth_token_records"
            try await eventually { (try? await database.sql(rows)) == "2|t" }
            // Another process finds what this one has.
            let other = try merchant.session(over: database.store())
            #expect(try await other.accessToken().value == token.value)
            #expect(merchant.sandbox.counters.tokensIssued == 2)
        }

        @Test(arguments: Forwarder.Cut.allCases)
        func `Saving what is newer, releasing without a record and moving aside survive a cut as well`(
            _ cut: Forwarder.Cut
        ) async throws {
            let database = try await Database()
            let forwarder = try Forwarder(to: "127.0.0.1", database.server.port)
            let store = database.store(at: database.server.address(of: database.name, at: "127.0.0.1", forwarder.port))
            try await store.put(.numbered(0))
            forwarder.cut(cut, at: "record = $4::bytea, generation")
            try await store.put(.numbered(1))
            #expect(try await store.generation == 1)
            forwarder.cut(cut, at: "WITH gone AS")
            try await store.update(SessionKey(identifier: "account=other")) { #expect($0.record == nil) }
            #expect(try await database.sql("SELECT count(*) FROM oauth_token_records") == "1")
            try await store.put(.numbered(2))
            try await database.sql("UPDATE oauth_token_records SET record = 'nonsense'")
            forwarder.cut(cut, at: "WITH moved AS")
            try await store.put(.numbered(3))
            #expect(try await database.sql("SELECT record FROM oauth_unreadable_records") == #"\x6e6f6e73656e7365"#)
            #expect(forwarder.cutsMade == 3)
        }

        @Test(arguments: ["fast", "immediate"])
        func `While the server is down tokens are served from memory, and saved when it is back`(_ mode: String)
            async throws
        {
            let server = try await PostgresServer()
            let database = try await Database(on: server)
            let merchant = Merchant()
            let store = database.store(statementTimeout: .seconds(1))
            let person = try await merchant.signedIn(over: store)
            let client = try merchant.session(nil, over: store)
            let token = try await person.accessToken()
            _ = try await client.accessToken()
            try await server.stop(mode)
            // A person's refresh token never leaves without the lease; what works goes on being served.
            #expect(await storeError { try await person.renew() }?.code == .storeFailed)
            #expect(try await person.accessToken() == token)
            // The application authenticates without the store.
            let fresh = try await client.renew()
            #expect(try await client.accessToken() == fresh)
            #expect(client.status.isUnsaved)
            try await server.start()
            try await eventually { !client.status.isUnsaved }
            try await eventually { (try? await person.renew()) != nil }
            let generations = "SELECT generation, lease_owner IS NULL FROM oauth_token_records ORDER BY 1"
            try await eventually { (try? await database.sql(generations)) == "2|t\n2|t" }
            #expect(merchant.isClean)
            #expect(merchant.sandbox.counters.tokensIssued == 4)
        }

        @Test func `A restart in the middle of an exchange is waited for, and the new token is saved`() async throws {
            let server = try await PostgresServer()
            let database = try await Database(on: server)
            let merchant = Merchant()
            let session = try await merchant.signedIn(over: database.store())
            merchant.sandbox.holdAnswers()
            let renewal = Task { try await session.renew() }
            try await merchant.sandbox.counters { $0.tokenRequests(of: "refresh_token") == 1 }
            try await server.stop("immediate")
            merchant.sandbox.releaseAnswers()
            try await server.start()
            let token = try await renewal.value
            try await eventually { !session.status.isRenewing && !session.status.isUnsaved }
            let other = try merchant.session(over: database.store())
            #expect(try await other.accessToken().value == token.value)
            #expect(merchant.isClean)
            #expect(merchant.sandbox.counters.tokensIssued == 2)
        }

        @Test func `Backends that an administrator ends are replaced without a word`() async throws {
            let database = try await Database()
            let store = database.store()
            for number in 1...5 {
                try await store.put(.numbered(number))
                try await database.sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'OAuthDialects' AND datname = '\(database.name)'"
                )
            }
            #expect(try await store.generation == 5)
        }
    }
}
