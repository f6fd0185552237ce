import Foundation
import Logging

/// The shop Panggung, or its sandboxes alone.
@main
enum Main {
    static func main() async {
        do {
            switch try Command(CommandLine.arguments.dropFirst()) {
            case .help: print(Command.usage)
            case .shop:
                let settings = try Settings(ProcessInfo.processInfo.environment)
                startLogging(settings)
                try await ShopProcess(settings).run()
            case .sandboxes(let port):
                let settings = try Settings(ProcessInfo.processInfo.environment)
                startLogging(settings)
                try await SandboxProcess(settings, port: port).run()
            }
        } catch {
            FileHandle.standardError.write(Data("\(StartFailure.text(of: error))\n".utf8))
            exit(1)
        }
    }

    private static func startLogging(_ settings: Settings) {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = settings.logLevel
            return handler
        }
    }
}
