import OAuthDialects

/// The real providers: a token is acquired and renewed, and no API is called.
enum Live {
    static func run(_ options: Options, _ console: Console) async -> Bool {
        let timeline = Timeline(console, isVerbose: options.isVerbose)
        let clients = credentials(of: options.providers)
        for (provider, client) in zip(options.providers, clients) {
            timeline.begin(provider.title, provider.liveHost)
            let session = TokenSession(dialect: provider.live, credentials: client) { event in
                // Events contain no secrets, whatever the provider echoes.
                timeline.live(event)
            }
            do {
                try await timeline.step("First token", "by client_credentials") {
                    _ = try await session.accessToken()
                    timeline.check(session.status.standing == .working, "the token works")
                    return life(of: session)
                }
                try await timeline.step("Renewal", "by the provider's method") {
                    _ = try await session.renew()
                    timeline.check(session.status.standing == .working, "the token works")
                    return life(of: session)
                }
            } catch {
                // The step has written it.
            }
        }
        console.write()
        return timeline.verdict.failures.isEmpty
    }

    /// Every client, or the end of the program with the names of all variables that are missing.
    private static func credentials(of providers: [Provider]) -> [ClientCredentials] {
        var clients: [ClientCredentials] = []
        var complaints: [String] = []
        for provider in providers {
            do {
                clients.append(try ClientCredentials.environment(provider.variables))
            } catch {
                let message = (error as? TokenError).map { "\($0.message) \($0.hint ?? "")" } ?? "\(error)"
                complaints.append("\(provider.title): \(message)")
            }
        }
        guard complaints.isEmpty else {
            let advice = providers.count > 1 ? "\nOne provider alone: --live --provider wetix" : ""
            Console.fail(complaints.joined(separator: "\n") + advice)
        }
        return clients
    }

    private static func life(of session: TokenSession) -> String {
        let status = session.status
        let end = status.expiresAt.map { "good until \($0.formatted(.iso8601))" } ?? "good until rejected"
        return "\(end), \(status.hasRefreshToken ? "with" : "without") a refresh token"
    }
}
