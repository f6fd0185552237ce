import Foundation
import Logging
import ServiceLifecycle
import ShopCore
import ShopSandboxes

/// What runs beside the server: sandboxes, providers, and the shop's own work.
struct ShopRuntime: Service {
    let settings: Settings
    let startup: StartupResponder
    let logger: Logger

    func run() async throws {
        guard let port = await startup.port() else { return }
        let folder = try ShopFolder(settings.folder)
        let publicURL = try settings.publicURL ?? Self.loopback(port)
        let sandboxes = try await startSandboxes(folder)
        do {
            let assembly = try await ShopAssembly(settings, folder, sandboxes, publicURL, logger)
            startup.open(try assembly.site().router().buildResponder())
            print("Panggung is open at \(publicURL.url.absoluteString)/ (Ctrl-C closes it)")
            fflush(nil)
            await cancelWhenGracefulShutdown { await assembly.run() }
            // A renewal under way may have spent a refresh token, and its answer has the next one.
            await assembly.providers.shutDown()
        } catch {
            await sandboxes?.stop()
            throw error
        }
        await sandboxes?.stop()
    }

    private func startSandboxes(_ folder: ShopFolder) async throws -> Sandboxes? {
        guard case .embedded = settings.source else { return nil }
        return try await Sandboxes.start(settings.sandboxSettings(folder)) { KopiDialect(root: $0) }
    }

    private static func loopback(_ port: Int) throws -> PublicURL {
        guard let url = URL(string: "http://127.0.0.1:\(port)").flatMap(PublicURL.init) else {
            throw SettingError("SHOP_PORT", "leads to no address")
        }
        return url
    }
}

extension Settings {
    /// The sandboxes' settings, with their directory in the shop's folder.
    func sandboxSettings(_ folder: ShopFolder, port: Int = 0) -> Sandboxes.Settings {
        var settings = Sandboxes.Settings()
        settings.tokenLifetime = tokenLifetime
        settings.holdLifetime = hold
        settings.port = port
        settings.folder = folder.folder("sandboxes")
        return settings
    }
}
