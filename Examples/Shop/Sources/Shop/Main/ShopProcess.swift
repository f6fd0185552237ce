import Hummingbird
import Logging
import ServiceLifecycle

/// A process that serves the shop until SIGTERM or SIGINT.
struct ShopProcess {
    private let settings: Settings

    init(_ settings: Settings) { self.settings = settings }

    func run() async throws {
        let startup = StartupResponder()
        let logger = Logger(label: "shop")
        let server = Application(
            responder: startup,
            configuration: ApplicationConfiguration(address: .hostname(settings.address, port: settings.port)),
            onServerRunning: { channel in startup.listen(on: channel.localAddress?.port ?? 0) },
            logger: logger
        )
        // Ended from the last one to the first: the server answers what it has accepted while the rest still works.
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: ShopRuntime(settings: settings, startup: startup, logger: logger),
                        failureTerminationBehavior: .gracefullyShutdownGroup
                    ), .init(service: server),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
    }
}
