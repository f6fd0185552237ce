import Dispatch
import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// Serves one provider's sandbox on a loopback port, for any HTTP client; see `--help`.
@main
struct Sandbox {
    static func main() async {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            if options.wantsHelp { return Console.write(Options.help) }
            try await serve(options)
        } catch let error as UsageError {
            Console.fail("\(error)\nTry --help.")
        } catch {
            Console.fail("\(error)")
        }
    }

    private static func serve(_ options: Options) async throws {
        let interruption = Interruption()
        let sandbox = ProviderSandbox(options.provider.played, credentials: options.client, clock: .system)
        options.set(sandbox)
        sandbox.stub("GET", "/ping", json: #"{"pong":true}"#)
        let server = try await sandbox.serve(port: options.port, consent: options.consent) { Console.write("\($0)") }
        Console.write(Introduction(options, server.url).text)
        await interruption.wait()
        await server.stop()
        Console.write(summary(of: sandbox.counters))
    }

    private static func summary(of counters: SandboxCounters) -> String {
        let counts = [
            count(counters.tokenRequests, "token request"),
            count(counters.tokensIssued, "token"),
            count(counters.tokenRefusals, "refusal"),
            count(counters.faults, "fault"),
            count(counters.resourceRequests, "API request"),
            count(counters.misuses, "incorrect request"),
        ]
        return "\n" + counts.joined(separator: ", ") + "."
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

/// SIGINT and SIGTERM, as a person or a supervisor sends them.
struct Interruption {
    private let signals: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    /// Keeps SIGINT and SIGTERM from ending the process by themselves.
    init() {
        let (signals, told) = AsyncStream.makeStream(of: Int32.self)
        self.signals = signals
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { told.yield(number) }
            source.resume()
            return source
        }
    }

    /// Waits for either signal.
    func wait() async {
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}
