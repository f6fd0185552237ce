import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// One provider after the other, each led through the same steps against its sandbox.
package enum Tour {
    /// Runs the tour.
    ///
    /// - Returns: whether every check passed.
    package static func run(_ options: Options, _ console: Console) async -> Bool {
        let timeline = Timeline(console, isVerbose: options.isVerbose)
        let start = ContinuousClock.now
        let count = options.providers.count
        let sessions = count == 1 ? "one session, one dialect" : "\(count) sessions, \(count) dialects"
        console.write(
            console.styled("OAuthDialects", .bold) + "  ",
            15,
            "\(sessions), over real HTTP on this machine"
        )
        let note = "Access tokens live 3 to 5 s here, so that the tour shows whole lifetimes."
        console.write("", 0, note)
        var rows: [Summary.Row] = []
        for provider in options.providers {
            do {
                rows.append(try await run(provider, timeline))
            } catch let error as TokenError where error.code == .insecureEndpoint {
                Console.fail("\nThe tour can't reach its own server. \(error.message) \(error.hint ?? "")")
            } catch {
                timeline.check(false, "\(provider.title) was not led to the end.")
            }
        }
        let summary = Summary(console: console)
        summary.write(rows, timeline.verdict, took: ContinuousClock.now - start)
        if timeline.verdict.failures.isEmpty { summary.writeNextSteps() }
        return timeline.verdict.failures.isEmpty
    }

    private static func run(_ provider: Provider, _ timeline: Timeline) async throws -> Summary.Row {
        let sandbox = ProviderSandbox(provider.sandbox, clock: .system)
        sandbox.stub("GET", provider.path, json: provider.answer)
        let server = try await sandbox.serve()
        timeline.begin(provider.title, provider.ways)
        timeline.provider("listens on \(server.url.absoluteString)")
        let earlier = timeline.verdict.failures.count
        let journey = Journey(provider, sandbox, at: server.url, timeline)
        do {
            try await journey.travel()
        } catch {
            if (error as? TokenError)?.code != .insecureEndpoint { writeTranscript(of: sandbox, timeline.console) }
            await server.stop()
            throw error
        }
        await server.stop()
        if timeline.verdict.failures.count > earlier { writeTranscript(of: sandbox, timeline.console) }
        return Summary.Row(provider: provider.title, counters: sandbox.counters, calls: journey.calls)
    }

    /// Writes the requests that the sandbox received, to find out why a check failed.
    private static func writeTranscript(of sandbox: ProviderSandbox, _ console: Console) {
        console.write()
        console.write("  " + console.styled("The requests that the sandbox received", .bold))
        for entry in sandbox.transcript { console.write("  ", 4, "\(entry)") }
    }
}
