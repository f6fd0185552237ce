import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct SealedTests {
        /// Turns the bits round, and binds them to their context: enough to see what the store does with a cipher.
        struct Mirror: TokenCipher {
            struct DoesNotOpen: Error {}

            func seal(_ bytes: Data, for context: Data) -> Data { context + Data(bytes.map { ~$0 }) }

            func open(_ bytes: Data, for context: Data) throws -> Data {
                guard bytes.starts(with: context) else { throw DoesNotOpen() }
                return Data(bytes.dropFirst(context.count).map { ~$0 })
            }
        }

        @Test func `What is in the table is sealed, and opens for its own key alone`() async throws {
            let database = try await Database()
            let store = database.store(cipher: Mirror())
            try await store.put(.numbered(1))
            #expect(try await store.record(for: .sample) == .numbered(1))
            #expect(
                try await database.sql("SELECT position('token-1'::bytea IN record) FROM oauth_token_records") == "0"
            )
            let other = SessionKey(identifier: "account=other")
            try await store.put(.numbered(1), for: other)
            try await database.sql(
                "UPDATE oauth_token_records SET record = (SELECT record FROM oauth_token_records WHERE key = '\(SessionKey.sample.digest)')"
            )
            #expect(await storeError { try await store.record(for: other) }?.isUnreadableRecord == true)
        }

        @Test
        func `What can't be read is moved aside and reported, never taken for none, and the newest three are kept`()
            async throws
        {
            let database = try await Database()
            let store = database.store()
            let merchant = Merchant()
            _ = try await merchant.session(nil, over: store).accessToken()
            for text in ["one", "two", "three", "four"] {
                try await database.sql("UPDATE oauth_token_records SET record = '\(text)'")
                _ = try await merchant.session(nil, over: store).accessToken()
                try await eventually { merchant.log.tells(of: "moved it to the table oauth_unreadable_records") }
            }
            let kept =
                "SELECT string_agg(convert_from(record, 'UTF8'), ' ' ORDER BY found_at) FROM oauth_unreadable_records"
            #expect(try await database.sql(kept) == "two three four")
            #expect(merchant.sandbox.counters.tokenRequests == 5)
            #expect(merchant.log.events.count { $0.name == .storeFailed } == 4)
        }

        @Test func `A record of a newer format is a clear error, and stays`() async throws {
            let database = try await Database()
            let store = database.store()
            try await store.put(.numbered(1))
            try await database.sql(#"UPDATE oauth_token_records SET record = '{"version":99}'"#)
            #expect(await storeError { try await store.put(.numbered(2)) }?.isUnreadableRecord == false)
            #expect(await storeError { try await store.record(for: .sample) }?.isUnreadableRecord == false)
            #expect(
                try await database.sql(
                    "SELECT convert_from(record, 'UTF8'), lease_owner IS NULL FROM oauth_token_records"
                )
                    == #"{"version":99}|t"#
            )
        }
    }
}
