import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct BadInputTests {
        /// What is wrong with a database, and what the error has to say.
        struct Fault: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let sql: String
            var code = TokenError.Code.storeFailed
            let words: String
            let hint: String
        }

        static let faults = [
            Fault(
                testDescription: "no tables",
                sql: "DROP TABLE oauth_token_store, oauth_token_records",
                words: "do not exist",
                hint: "MigrateTokenStore --apply"
            ),
            Fault(
                testDescription: "no table of records",
                sql: "DROP TABLE oauth_token_records",
                words: "do not exist",
                hint: "MigrateTokenStore --apply"
            ),
            Fault(
                testDescription: "an older version",
                sql: "UPDATE oauth_token_store SET version = 0",
                words: "older than version 1: version 0",
                hint: "MigrateTokenStore --apply"
            ),
            Fault(
                testDescription: "a column that is missing",
                sql: "ALTER TABLE oauth_token_records DROP lease_owner, DROP record",
                words: "older than version 1",
                hint: "MigrateTokenStore --apply"
            ),
            Fault(
                testDescription: "a newer version",
                sql: "UPDATE oauth_token_store SET version = 2",
                code: .storeFailed,
                words: "have version 2",
                hint: "Update every program"
            ),
        ]

        @Test(arguments: faults)
        func `Tables that are not as they should be are a typed error, and tokens are served from memory`(
            _ fault: Fault
        )
            async throws
        {
            let database = try await Database()
            try await database.sql(fault.sql)
            try await expect(fault.code, fault.words, fault.hint, of: database.store())
        }

        @Test func `Tables of another version are noticed at the next connection, and mended ones are used again`()
            async throws
        {
            let database = try await Database()
            let store = database.store(connections: 1)
            try await store.put(.numbered(1))
            try await database.sql("UPDATE oauth_token_store SET version = 0")
            try await database.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'OAuthDialects' AND datname = '\(database.name)'"
            )
            #expect(await storeError { try await store.record(for: .sample) }?.message.contains("version 0") == true)
            try await store.migrate()
            #expect(try await store.generation == 1)
        }

        @Test func `A newer table is left as it is by an older program's migration`() async throws {
            let database = try await Database()
            try await database.sql("UPDATE oauth_token_store SET version = 2")
            try await database.store().migrate()
            #expect(try await database.sql("SELECT version FROM oauth_token_store") == "2")
        }

        @Test func `A role without rights is told which to grant, and they are enough`() async throws {
            let database = try await Database()
            let role = "r\(database.name)"
            try await database.sql("CREATE ROLE \(role) LOGIN PASSWORD 'right'")
            let address = database.server.address(of: database.name, as: role, password: "right")
            let error = try await expect(.storeFailed, "may not use", "GRANT SELECT", of: database.store(at: address))
            let grant = try #require(error.hint?.firstMatch(of: /GRANT .* to/).map { String($0.0) })
            try await database.sql("\(grant) \(role)")
            try await database.store(at: address).put(.numbered(1))
            try await database.store(at: address).update(.sample) { #expect($0.record == .numbered(1)) }
            #expect(
                await storeError { try await database.store(at: address).migrate() }?.message.contains("42501") == true
            )
        }

        @Test func `A wrong password, a role and a database that are not there are told apart`() async throws {
            let database = try await Database()
            let server = database.server
            let wrong = server.address(of: database.name, password: "wr0ng")
            let error = try await expect(
                .storeFailed,
                "28P01",
                "Check user and password",
                of: database.store(at: wrong)
            )
            #expect(!"\(error)".contains("wr0ng"))
            let nobody = server.address(of: database.name, as: "nobody-here")
            try await expect(.storeFailed, "rejected the login", "pg_hba.conf", of: database.store(at: nobody))
            try await expect(
                .storeFailed,
                "3D000",
                "Create it",
                of: database.store(at: server.address(of: "nowhere"))
            )
        }

        @Test func `A connection string that can't be read is not shown`() async throws {
            let store = PostgresTokenStore(connection: "host=localhost 's3cret password")
            let error = try await expect(.storeFailed, "can't be read", "name=value", of: store)
            #expect(!"\(error)".contains("s3cret"))
        }

        @Test(arguments: [
            "postgresql://user:canary@k3nary@localhost/db", "postgresql://user:canary/k3nary@localhost/db",
            "postgres://user:k3nary@canary/x@localhost:1/db", "postgresql://user:k3nary/canary?x=1@localhost/db",
            "postgresql://user:1/canary@localhost", "postgresql://canary@x:y@localhost/db",
            "postgresql://user:canary", "postgresql://user:pa@ss:canary@localhost/db",
        ])
        func `No part of a password that is not escaped is shown`(_ address: String) async throws {
            let store = PostgresTokenStore(connection: Secret(address), statementTimeout: .milliseconds(300))
            let error = try #require(await storeError { try await store.record(for: .sample) })
            for word in ["canary", "k3nary"] { #expect(!"\(error)".contains("\(word)"), "\(error)") }
            #expect(error.message.contains("can't be read"))
            #expect(error.hint?.contains("percent-encoded") == true)
        }

        @Test
        func `A server that is not there, and one that does not answer, are transient and hold nobody up for long`()
            async throws
        {
            let database = try await Database()
            let nobody = database.server.address(of: database.name, at: "127.0.0.1", 1)
            let absent = try await expect(
                .storeFailed,
                "failed",
                "Check that the server is running",
                of: database.store(at: nobody, statementTimeout: .milliseconds(300))
            )
            #expect(absent.isTransient)
            let forwarder = try Forwarder(to: "127.0.0.1", database.server.port)
            forwarder.isSilent(true)
            let silent = database.server.address(of: database.name, at: "127.0.0.1", forwarder.port)
            let start = ContinuousClock.now
            let error = try await expect(
                .storeFailed,
                "did not answer in time",
                "Check that the server is running",
                of: database.store(at: silent, statementTimeout: .milliseconds(500))
            )
            #expect(error.isTransient)
            #expect(ContinuousClock.now - start < .seconds(20))
            forwarder.isSilent(false)
            try await database.store(at: silent).put(.numbered(1))
        }

        @Test func `A caller that is cancelled while a connection is being made leaves at once`() async throws {
            let database = try await Database()
            let forwarder = try Forwarder(to: "127.0.0.1", database.server.port)
            forwarder.isSilent(true)
            let address = database.server.address(of: database.name, at: "127.0.0.1", forwarder.port)
            let store = database.store(at: address, statementTimeout: .seconds(3600))
            let caller = Task { try await store.record(for: .sample) }
            try await eventually { forwarder.connections == 1 }
            let start = ContinuousClock.now
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
            #expect(ContinuousClock.now - start < .seconds(10))
        }

        /// Expects an error of reading and of updating, and a session that tells of it and serves all the same.
        @discardableResult
        private func expect(_ code: TokenError.Code, _ words: String, _ hint: String, of store: PostgresTokenStore)
            async throws -> TokenError
        {
            let error = try #require(await storeError { try await store.update(.sample) { _ in } })
            for error in [error, await storeError { try await store.record(for: .sample) }] {
                #expect(error?.code == code)
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
                #expect(error?.hint?.contains(hint) == true, "\(error?.hint ?? "no hint")")
            }
            let merchant = Merchant()
            let session = try merchant.session(nil, over: store)
            let token = try await session.accessToken()
            #expect(merchant.log.tells(of: words))
            #expect(session.status.isUnsaved)
            #expect(try await session.accessToken() == token)
            #expect(merchant.sandbox.counters.tokenRequests == 1)
            return error
        }
    }
}
