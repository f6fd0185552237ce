import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore
import Testing

extension OnPostgres {
    /// Processes that share a token; `OAUTH_DIALECTS_RENEWALS` says for how many renewals of a token of one second, 1,000 for the
    /// figures of the documentation.
    struct FleetTests {
        @Test func `Eight processes on two hosts make one exchange for each renewal, and nobody is signed out`()
            async throws
        {
            let hosts = try await Hosts()
            do { try await run(hosts) } catch {
                await hosts.end()
                throw error
            }
            await hosts.end()
        }

        private func run(_ hosts: Hosts) async throws {
            let database = try await Database(on: PostgresServer(alsoOn: hosts.addresses))
            let merchant = Merchant(lifetime: .seconds(1))
            let provider = try await merchant.sandbox.serve()
            let port = try #require(provider.url.port)
            // Each host's loopback carries the provider's port to it: the endpoint is part of a session's key.
            var carriers: [Forwarder] = []
            var ways: [Worker] = []
            for host in hosts.all where hosts.areSeparate {
                let carrier = try Forwarder(on: host.gateway, to: "127.0.0.1", port)
                let way = try Worker(["forward", "\(port)", host.gateway, "\(carrier.port)"], behind: host.prefix)
                #expect(await way.line() == "ready")
                carriers.append(carrier)
                ways.append(way)
            }
            let session = merchant.sandbox.session(
                at: provider.url,
                identity: .user(try Account("ann")),
                store: database.store(),
                transport: .system
            )
            try await session.signIn(with: merchant.sandbox.issueCode())
            let secret = merchant.sandbox.credentials.secret?.revealed ?? ""
            let workers = try (0..<8).map { index in
                let host = hosts.all[index % hosts.all.count]
                let address = database.server.address(of: database.name, at: host.gateway).revealed
                return try Worker(
                    ["session", address, provider.url.absoluteString, "ann", merchant.sandbox.credentials.id, secret],
                    behind: host.prefix
                )
            }
            for worker in workers { #expect(await worker.line() == "ready") }
            let renewals = ProcessInfo.processInfo.environment["OAUTH_DIALECTS_RENEWALS"].flatMap(Int.init) ?? 5
            let start = ContinuousClock.now
            var rounds = 0
            while merchant.sandbox.counters.tokensIssued <= renewals {
                rounds += 1
                for worker in workers { worker.say("keep \(max(renewals / 20, 2))") }
                for worker in workers { #expect(await worker.line() == "failures 0") }
                // Without renewals there would be no end to this.
                try #require(merchant.sandbox.counters.tokensIssued > rounds)
            }
            // A renewal that began behind the last callers may still be on its way into the store.
            try await eventually {
                let number = try? await database.sql("SELECT generation FROM oauth_token_records")
                return number == "\(merchant.sandbox.counters.tokensIssued)"
            }
            let counters = merchant.sandbox.counters
            #expect(merchant.isClean)
            #expect(counters.tokenRequests(of: "refresh_token") == counters.tokensIssued - 1)
            let place = hosts.areSeparate ? "2 network namespaces" : "1 host, over loopback"
            print(
                """
                8 processes, \(place): \(counters.tokensIssued - 1) renewals by \
                \(counters.tokenRequests(of: "refresh_token")) exchanges in \(ContinuousClock.now - start), \
                \(counters.reuses) reuses
                """
            )
            withExtendedLifetime((carriers, ways, provider)) {}
        }

        @Test func `A fleet goes on through crashes of the server, without a doubled exchange`() async throws {
            let server = try await PostgresServer()
            let database = try await Database(on: server)
            let merchant = Merchant(lifetime: .seconds(1))
            let provider = try await merchant.sandbox.serve()
            _ = try await merchant.sandbox.session(
                at: provider.url,
                identity: .user(try Account("ann")),
                store: database.store(),
                transport: .system
            ).signIn(with: merchant.sandbox.issueCode())
            let workers = try (0..<4).map { _ in
                try Worker([
                    "session", database.address.revealed, provider.url.absoluteString, "ann",
                    merchant.sandbox.credentials.id, merchant.sandbox.credentials.secret?.revealed ?? "",
                ])
            }
            for worker in workers { #expect(await worker.line() == "ready") }
            for worker in workers { worker.say("keep 8") }
            for mode in ["immediate", "fast", "immediate"] {
                let issued = merchant.sandbox.counters.tokensIssued
                try await merchant.sandbox.counters { $0.tokensIssued > issued }
                try await server.stop(mode)
                try await server.start()
            }
            for worker in workers { #expect(await worker.line() == "failures 0") }
            for worker in workers { #expect(await worker.ask("renew")?.hasPrefix("token ") == true) }
            try await eventually {
                let number = try? await database.sql("SELECT generation FROM oauth_token_records")
                return number == "\(merchant.sandbox.counters.tokensIssued)"
            }
            #expect(merchant.isClean)
        }

        @Test func `A process that is stopped past its lease is overtaken, and fenced when it goes on`() async throws {
            let database = try await Database()
            try await database.store().put(.numbered(1))
            let address = database.address.revealed
            let worker = try Worker(["hold", address, SessionKey.sample.identifier, "300"])
            #expect(await worker.line() == "held")
            worker.signal(SIGSTOP)
            let start = ContinuousClock.now
            try await database.store().put(.numbered(2, id: "overtaker"))
            print("a stopped holder of a lease of 0.3 s was overtaken after \(ContinuousClock.now - start)")
            worker.signal(SIGCONT)
            #expect(await worker.ask("go") == "storeBusy")
            #expect(try await database.store().stored == .numbered(2, id: "overtaker"))
        }

        @Test func `A process that is killed leaves its lease to be waited for, and nothing else`() async throws {
            let database = try await Database()
            let worker = try Worker(["hold", database.address.revealed, SessionKey.sample.identifier, "500"])
            #expect(await worker.line() == "held")
            worker.signal(SIGKILL)
            try await database.store().put(.numbered(7))
            #expect(try await database.store().generation == 7)
        }
    }
}
