import OAuthDialects

/// The real providers: a token is acquired and renewed, and no API is called.
enum Live {
    static func run(_ providers: [Provider]) async -> Bool {
        let timeline = Timeline()
        let clients = credentials(of: providers)
        for (provider, client) in zip(providers, clients) {
            timeline.begin(provider.title, provider.liveHost)
            let session = TokenSession(dialect: provider.live, credentials: client) { event in
                // What the session says is free of secrets, whatever the provider echoes.
                timeline.live(event)
            }
            do {
                timeline.step("1 Acquire", "by client_credentials")
                _ = try await session.accessToken()
                timeline.check(session.status.standing == .working, life(of: session))
                timeline.step("2 Renew", "by whatever the provider offers")
                _ = try await session.renew()
                timeline.check(session.status.standing == .working, life(of: session))
            } catch {
                timeline.check(false, "\(error)")
            }
        }
        Console.write()
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
        return "a token, \(end), \(status.hasRefreshToken ? "with" : "without") a refresh token"
    }
}

extension Timeline {
    /// What a session with a real provider says, its exchanges included.
    func live(_ event: SessionEvent) {
        switch event.name {
        case .exchangeSent: wire(event.message, isGood: true)
        case .exchangeAnswered: wire(event.message, isGood: event.level == .debug)
        default: session(event)
        }
    }
}
