import Foundation
import OAuthDialects
import OAuthDialectsTesting
import OAuthProviders
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ProvidersStatusTests {
    @Test func `The status has every session, and survives JSON`() async throws {
        let ann = try Account("ann")
        let registry = try Registry(accounts: [ann, try Account("ben@example.com", isPersonal: true)])
        try await registry.signIn(ann)
        _ = try await registry.providers["tickets"].accessToken()
        let status = registry.providers.status
        #expect(status.providers.map(\.name) == ["tiki", "tickets"])
        #expect(status.providers.map(\.session.standing) == [.noToken, .working])
        let accounts = Dictionary(uniqueKeysWithValues: status.providers[0].accounts.map { ($0.account, $0.standing) })
        #expect(accounts["ann"] == .working)
        #expect(accounts.count == 2)
        let data = try JSONEncoder().encode(status)
        #expect(try JSONDecoder().decode(ProvidersStatus.self, from: data) == status)
        for text in [String(decoding: data, as: UTF8.self), "\(status)"] {
            #expect(text.contains("ann"))
            #expect(text.contains("personal-"))
            #expect(!text.contains("ben"))
            #expect(!text.contains("example.com"))
        }
    }

    @Test func `It prints some lines for each session, and names a provider unlike its dialect`() async throws {
        let registry = try Registry(accounts: [try Account("ann")])
        let lines = registry.providers.status.description.split(separator: "\n")
        #expect(lines.contains("tiki: no token"))
        #expect(lines.contains("tiki, ann: no token"))
        #expect(lines.contains("tickets: wetix: no token"))
    }

    @Test func `It is healthy until a provider's own session can't get a token`() async throws {
        let registry = try Registry()
        #expect(registry.providers.status.isHealthy)
        let session = try registry.providers["tiki"]
        _ = try await session.accessToken()
        #expect(registry.providers.status.isHealthy)
        registry.tiki.fail(with: .internalServerError)
        registry.clock.advance(by: .seconds(400 * 24 * 3600))
        let caller = Task { try await session.accessToken() }
        await eventually {
            if session.status.lastFailure == nil || session.status.isRenewing {
                registry.clock.advance(by: .seconds(1))
            }
            return session.status.lastFailure != nil
        }
        // The clock stands still now, so the caller would wait for good.
        caller.cancel()
        _ = await caller.result
        #expect(!registry.providers.status.isHealthy)
    }

    @Test func `Events name the provider, the dialect, and the account`() async throws {
        let registry = try Registry()
        try await registry.signIn(try Account("ann"))
        try await registry.signIn(try Account("ben@example.com", isPersonal: true))
        _ = try await registry.providers["tickets"].accessToken()
        let events = registry.events.all
        #expect(Set(events.map(\.provider)) == ["tiki", "tickets"])
        for (provider, event) in events {
            #expect(event.metadata["dialect"] == (provider == "tiki" ? "tiki" : "wetix"))
            #expect((event.metadata["account"] != nil) == (provider == "tiki"))
            #expect(!"\(event) \(event.metadata)".contains("example.com"))
        }
        let accounts = Set(events.compactMap(\.event.metadata["account"]))
        #expect(accounts.count == 2)
        #expect(accounts.contains("ann"))
    }

    @Test func `A provider's own session that is an account's does not make it unhealthy`() async throws {
        let sandbox = ProviderSandbox(.tiki)
        let settings = ProviderSettings(
            "tiki",
            dialect: sandbox.dialect(),
            credentials: sandbox.credentials,
            identity: .user(try Account("ann"))
        )
        let providers = try Providers([settings], transport: sandbox, clock: sandbox.clock)
        await #expect(throws: TokenError.self) { try await providers["tiki"].accessToken() }
        #expect(providers.status.providers.first?.session.standing == .signInRequired)
        #expect(providers.status.isHealthy)
    }
}
