import Foundation
import OAuthDialectsTesting
import Synchronization

/// Starts servers on consecutive ports, and stops those that run if a later one can't start.
final class Launch: Sendable {
    let service = CallbackService()
    private let settings: Sandboxes.Settings
    private let started = Mutex<[SandboxedProvider]>([])

    init(_ settings: Sandboxes.Settings) {
        self.settings = settings
    }

    func provider(_ name: String, _ provider: ProviderSandbox.Provider) async throws -> SandboxedProvider {
        let provider = try await SandboxedProvider(
            name,
            provider,
            port: port,
            tokenLifetime: settings.tokenLifetime
        )
        started.withLock { $0.append(provider) }
        return provider
    }

    /// Starts the server of the payment pages, the last one.
    func pages(of api: RevenueMonsterAPI, _ provider: SandboxedProvider) async throws -> CheckoutServer {
        try await CheckoutServer(port: port, isDown: { provider.isDown }, api: api)
    }

    func stop() async {
        await service.stop()
        for provider in started.withLock({ $0 }) { await provider.server.stop() }
    }

    private var port: Int {
        settings.port == 0 ? 0 : settings.port + started.withLock { $0.count }
    }
}
