import Logging
import OAuthDialects
import OAuthDialectsTesting
import ServiceLifecycle
import SessionObservability

/// A server's worker that keeps a token fresh until it gets SIGTERM; a sandbox on this machine plays the provider.
@main
enum ObservedWorker {
    static func main() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardOutput(label: $0) }
        var logger = Logger(label: "worker")
        logger.logLevel = .debug

        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        // So short that it is renewed while somebody looks.
        sandbox.accessTokenLifetime = .seconds(4)
        let server = try await sandbox.serve()
        let telemetry = SessionTelemetry(provider: "revenue-monster", logger: logger)
        let session = sandbox.session(
            at: server.url,
            transport: TracedTransport(provider: "revenue-monster"),
            onEvent: telemetry.record
        )

        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [TokenUpkeep(session)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
        await server.stop()
        logger.info("The worker has ended.")
    }
}
