import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// What a scenario happens in: a clock, a provider with its API, a store, and the sessions that share them.
final class LifecycleWorld {
    let clock = TestClock()
    let provider = StubProvider()
    let store = FickleStore()
    let url: URL
    private let manners: LifecycleManners
    private let isClient: Bool
    private var scopes: [String]
    private var dialect: any ProviderDialect
    private var rigs: [String: Rig] = [:]
    private let tokenManner = Locked<LifecycleManners.Token?>(nil)
    private let apiManner = Locked<LifecycleManners.API?>(nil)

    init(_ given: LifecycleScenario.Given) throws {
        try #require(["client", "user"].contains(given.identity))
        isClient = given.identity == "client"
        scopes = given.scopes ?? []
        manners = LifecycleManners(clock: clock, lifetime: given.lifetime ?? 3600)
        (dialect, url) = try Self.dialect(given.dialect ?? "WeTix")
        try provider("answers")
        try api("accepts")
        provider.answer { [provider, tokenManner, apiManner] call in
            if call.grantType == nil { return apiManner.withLock { $0 }!(call.bearer ?? "") }
            let number = provider.calls.prefix(call.number).count { $0.grantType != nil }
            return try await tokenManner.withLock { $0 }!(call, number)
        }
    }

    func provider(_ manner: String) throws {
        let manner = try manners.token(manner)
        tokenManner.withLock { $0 = manner }
    }

    func api(_ manner: String) throws {
        let manner = try manners.api(manner)
        apiManner.withLock { $0 = manner }
    }

    func rig(of name: String? = nil) throws -> Rig {
        let name = name ?? "ann"
        if let rig = rigs[name] { return rig }
        let identity = isClient ? Identity.client(scopes: scopes) : .user(try Account(name), scopes: scopes)
        let rig = Rig(dialect: dialect, identity: identity, clock: clock, provider: provider, store: store)
        rigs[name] = rig
        return rig
    }

    /// Another process over the same store.
    func restart(_ step: LifecycleScenario.Step) throws {
        rigs = [:]
        if let scopes = step.scopes { self.scopes = scopes }
        if let dialect = step.dialect { (self.dialect, _) = try Self.dialect(dialect) }
    }

    private static func dialect(_ name: String) throws -> (any ProviderDialect, URL) {
        let dialects: [String: (any ProviderDialect, String)] = [
            "WeTix": (.weTix(.sandbox), "sb-open.wetix.my"),
            "WeTix, 403 rejects": (
                WeTixDialect(.sandbox).overriding { $0.isTokenRejection = { response, _ in response.status == 403 } },
                "sb-open.wetix.my"
            ),
            "Revenue Monster": (.revenueMonster(.sandbox), "sb-open.revenuemonster.my"),
            "Tiki": (.tiki(.production), "api.tiki.vn"),
        ]
        let (dialect, host) = try #require(dialects[name], "No dialect \"\(name)\".")
        return (dialect, try Sample.url("https://\(host)/orders"))
    }
}

extension Rig {
    /// What an app does that reads a body for errors, as GraphQL has them at status 200.
    func query(_ url: URL) async throws -> String {
        try await session.withAccessToken { token in
            let headers: WireHeaders = ["Authorization": "Bearer \(token.value.revealed)"]
            let answer = try await provider.send(WireRequest("POST", url, headers: headers), .api)
            let text = String(decoding: answer.body, as: UTF8.self)
            return text.contains("errors") ? .rejected("errors") : .accepted("data")
        }
    }
}
