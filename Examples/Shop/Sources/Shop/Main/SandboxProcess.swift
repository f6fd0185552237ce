import Foundation
import Logging
import ServiceLifecycle
import ShopCore
import ShopSandboxes

/// A process that serves the sandboxes alone until SIGTERM or SIGINT.
struct SandboxProcess {
    private let settings: Settings
    private let port: Int

    init(_ settings: Settings, port: Int) {
        (self.settings, self.port) = (settings, port)
    }

    func run() async throws {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [Serving(settings: settings, port: port)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "sandboxes")
            )
        )
        try await group.run()
    }

    private struct Serving: Service {
        let settings: Settings
        let port: Int

        func run() async throws {
            let folder = try ShopFolder(settings.folder)
            let sandboxes = try await Sandboxes.start(settings.sandboxSettings(folder, port: port)) {
                KopiDialect(root: $0)
            }
            print(
                "The sandboxes run; start shops with SHOP_SANDBOXES=\(sandboxes.directoryFile.path(percentEncoded: false))"
            )
            fflush(nil)
            try? await gracefulShutdown()
            await sandboxes.stop()
        }
    }
}
