import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A provider that is played on this machine, with a page that asks for consent.
struct Rehearsal {
    private static let providers: [String: ProviderSandbox.Provider] = [
        "wetix": .weTix, "revenue-monster": .revenueMonster, "tiki": .tiki,
    ]

    static var names: [String] { providers.keys.sorted() }

    private let sandbox: ProviderSandbox
    private let server: SandboxServer

    init(_ name: String) async throws {
        sandbox = ProviderSandbox(Self.providers[name] ?? .tiki, clock: .system)
        sandbox.stub("GET", "/me", json: #"{"name":"Somebody"}"#)
        server = try await sandbox.serve()
    }

    var dialect: any ProviderDialect { sandbox.dialect(at: server.url) }
    var credentials: ClientCredentials { sandbox.credentials }

    /// A route of the provider's API.
    var call: URL { server.url.appending(path: "me") }

    func stop() async { await server.stop() }
}
