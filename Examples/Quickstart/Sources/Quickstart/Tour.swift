import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// One provider after the other, each led through six steps against its sandbox.
enum Tour {
    static func run(_ providers: [Provider]) async -> Bool {
        let timeline = Timeline()
        let start = ContinuousClock.now
        Console.write(
            Console.styled("OAuthDialects", .bold) + "  one session, three dialects, over real HTTP on loopback"
        )
        Console.write(Console.styled("Tokens live 4 to 8 seconds here, so that whole lives fit into the tour.", .dim))
        var rows: [Summary.Row] = []
        for provider in providers {
            do {
                rows.append(try await run(provider, timeline))
            } catch let error as TokenError where error.code == .insecureEndpoint {
                Console.fail("\nThe quickstart can't reach its own server. \(error.message) \(error.hint ?? "")")
            } catch {
                timeline.check(false, "\(provider.title) was not led to the end: \(error)")
            }
        }
        Summary.write(rows, timeline.verdict, took: ContinuousClock.now - start)
        return timeline.verdict.failures.isEmpty
    }

    private static func run(_ provider: Provider, _ timeline: Timeline) async throws -> Summary.Row {
        let sandbox = ProviderSandbox(provider.sandbox, clock: .system)
        sandbox.stub("GET", provider.path, json: provider.answer)
        let server = try await sandbox.serve()
        timeline.begin(provider.title, "\(provider.ways)  (\(server.url.absoluteString))")
        let journey = Journey(provider, sandbox, at: server.url, timeline)
        do {
            try await journey.travel()
        } catch {
            if (error as? TokenError)?.code != .insecureEndpoint { writeTranscript(of: sandbox) }
            await server.stop()
            throw error
        }
        await server.stop()
        if !timeline.verdict.failures.isEmpty { writeTranscript(of: sandbox) }
        return Summary.Row(provider: provider.title, counters: sandbox.counters, calls: journey.calls)
    }

    /// What the sandbox saw, for whoever has to find out why something went otherwise.
    private static func writeTranscript(of sandbox: ProviderSandbox) {
        Console.write("\n  " + Console.styled("What the sandbox saw", .bold))
        for entry in sandbox.transcript { Console.write("  \(entry)") }
    }
}
