import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    struct CrowdTests {
        @Test func `A provider that hangs with fifty sessions on a pool of two does not delay another provider`()
            async throws
        {
            let database = try await Database()
            let store = database.store(connections: 2)
            let hanging = Merchant()
            let other = Merchant()
            var sessions: [TokenSession] = []
            for index in 0..<50 { sessions.append(try await hanging.signedIn("account-\(index)", over: store)) }
            hanging.sandbox.holdAnswers()
            let renewals = sessions.map { session in Task { try await session.renew() } }
            try await hanging.sandbox.counters { $0.tokenRequests(of: "refresh_token") == 50 }
            let leases = "SELECT count(*) FROM oauth_token_records WHERE lease_until > clock_timestamp()"
            #expect(try await database.sql(leases) == "50")
            let start = ContinuousClock.now
            for index in 0..<10 {
                _ = try await other.session("other-\(index)", over: store).signIn(with: other.sandbox.issueCode())
            }
            let waited = ContinuousClock.now - start
            #expect(waited < .seconds(5))
            print("10 sign-ins beside 50 hanging renewals, over 2 connections: \(waited)")
            // Those of the hanging provider serve what they have.
            for session in sessions { #expect(session.currentAccessToken != nil) }
            hanging.sandbox.releaseAnswers()
            for renewal in renewals { _ = try await renewal.value }
            #expect(hanging.isClean && other.isClean)
            let free = "SELECT count(*) FROM oauth_token_records WHERE lease_owner IS NULL AND generation > 0"
            try await eventually { (try? await database.sql(free)) == "60" }
        }

        @Test func `Fifty sessions of one account in many stores make one exchange`() async throws {
            let database = try await Database()
            let merchant = Merchant()
            _ = try await merchant.session(nil, over: database.store()).accessToken()
            let stores = (0..<5).map { _ in database.store() }
            let sessions = try (0..<50).map { try merchant.session(nil, over: stores[$0 % 5]) }
            try await withThrowingTaskGroup(of: AccessToken.self) { group in
                for session in sessions { group.addTask { try await session.accessToken() } }
                try await group.waitForAll()
            }
            #expect(merchant.sandbox.counters.tokenRequests == 1)
        }

        @Test func `Fifty sessions that begin at once on an empty table make one exchange`() async throws {
            let database = try await Database()
            let merchant = Merchant()
            let stores = (0..<5).map { _ in database.store() }
            let sessions = try (0..<50).map { try merchant.session(nil, over: stores[$0 % 5]) }
            try await withThrowingTaskGroup(of: AccessToken.self) { group in
                for session in sessions { group.addTask { try await session.accessToken(within: .seconds(30)) } }
                try await group.waitForAll()
            }
            #expect(merchant.sandbox.counters.tokenRequests == 1)
        }
    }
}
