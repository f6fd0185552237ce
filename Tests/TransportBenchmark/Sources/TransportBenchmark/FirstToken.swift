import Foundation
import OAuthDialects

/// The first token of a process, which prints how many milliseconds it took from the beginning of `main`.
enum FirstToken {
    @concurrent
    static func run(_ endpoint: URL, over transport: any WireTransport) async throws {
        let start = ContinuousClock.now
        let origin = "http://127.0.0.1:\(endpoint.port ?? 80)"
        let session = TokenSession(
            dialect: .standard(name: "benchmark", tokenEndpoint: endpoint, apiHosts: [origin]),
            credentials: ClientCredentials(id: "client", secret: "secret"),
            store: InMemoryTokenStore(),
            transport: transport
        )
        _ = try await session.accessToken()
        print((ContinuousClock.now - start) / .milliseconds(1))
    }
}
