import Foundation
import OAuthDialects
import OAuthDialectsTesting
import RevenueMonsterSigning
import ShopSandboxes

/// Running sandboxes, with a clock that stands still and an inbox for their callbacks.
struct Rig: Sendable {
    let sandboxes: Sandboxes
    let clock: TestClock
    let inbox: Inbox

    /// Runs a test with sandboxes of its own, and stops them.
    static func run(
        _ settings: Sandboxes.Settings = Sandboxes.Settings(),
        _ body: (Rig) async throws -> Void
    ) async throws {
        var settings = settings
        let clock = TestClock(date: Date())
        let inbox = Inbox()
        settings.clock = clock
        settings.transport = inbox
        settings.tokenLifetime = .seconds(3600)
        let sandboxes = try await Sandboxes.start(settings) { PointsDialect(root: $0) }
        do {
            try await body(Rig(sandboxes: sandboxes, clock: clock, inbox: inbox))
        } catch {
            await sandboxes.stop()
            throw error
        }
        await sandboxes.stop()
        try? FileManager.default.removeItem(at: settings.folder)
    }

    var directory: SandboxDirectory { sandboxes.directory }

    func root(_ name: String) throws -> URL {
        guard let provider = directory.providers[name] else { throw CocoaError(.keyValueValidation) }
        return provider.url
    }

    /// A session of the shop's client at a provider.
    func session(_ name: String, signer: (any RequestSigner)? = nil) throws -> TokenSession {
        let url = try root(name)
        let dialect: any ProviderDialect =
            switch name {
            case "wetix": .weTix(.custom(url))
            case "revenue-monster": .revenueMonster(.custom(url))
            case "tiki": .tiki(.custom(url))
            default: PointsDialect(root: url)
            }
        let provider = directory.providers[name]
        return TokenSession(
            dialect: dialect,
            credentials: ClientCredentials(id: provider?.clientID ?? "", secret: provider?.clientSecret ?? ""),
            signer: signer,
            store: InMemoryTokenStore(),
            clock: clock
        )
    }

    /// A session that signs as the merchant.
    func merchant() throws -> TokenSession {
        try session("revenue-monster", signer: merchantSigner())
    }

    func merchantSigner() throws -> RevenueMonsterSigner {
        RevenueMonsterSigner(key: try RSASigningKey(pem: directory.merchantPrivateKey))
    }
}

/// The conventions of a rewards program.
struct PointsDialect: ProviderDialect {
    let name = "points"
    let root: URL
    var conventions: WireConventions { WireConventions { $0.request.bodyEncoding = .json } }
    var apiOrigins: APIOrigins { APIOrigins([root.absoluteString]) }

    func tokenEndpoint(for grant: Grant) -> URL? {
        guard case .clientCredentials = grant else { return nil }
        return root.appending(path: "v1/token", directoryHint: .notDirectory)
    }
}
