import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct ConformanceTests {
        @Test(arguments: [nil, SealedTests.Mirror()] as [SealedTests.Mirror?], [1, 4])
        func `The store keeps every promise of the contract`(_ cipher: SealedTests.Mirror?, _ connections: Int)
            async throws
        {
            let database = try await Database()
            let report = await conformance(ofStore: { database.store(cipher: cipher, connections: connections) })
            #expect(report.passes, "\(report)")
            let held = "SELECT count(*) FROM oauth_token_records WHERE lease_owner IS NOT NULL OR record IS NULL"
            #expect(try await database.sql(held) == "0")
        }

        @Test func `Neither the password nor a token is printed`() async throws {
            let store = PostgresTokenStore(connection: "host=127.0.0.1 password=s3cret-of-the-role")
            var dumped = ""
            dump(store, to: &dumped)
            for text in ["\(store)", String(reflecting: store), dumped] {
                #expect(!text.contains("s3cret-of-the-role"))
            }
        }
    }
}
