import Foundation
import OAuthDialects
import OAuthDialectsTesting
import Testing

/// The program at providers of all kinds; its opener answers in a person's place, so that it ends only if the opener was called.
@Suite(.timeLimit(.minutes(5)))
struct OptionsTests {
    /// A home of its own, with an opener that allows everything.
    private func withHome(_ body: (URL, [String: String]) async throws -> Void) async throws {
        let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let opener = home.appending(path: "xdg-open")
        let script =
            "#!/bin/sh\necho called >>\"$0.log\"\nexec curl -s -L --data 'scope=orders&decision=allow' \"$1\"\n"
        try script.write(to: opener, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: opener.path)
        try await body(home, ["PATH": "\(home.path):/usr/bin:/bin", "XDG_STATE_HOME": home.path])
    }

    private func calls(of home: URL) -> Int {
        let log = try? String(contentsOf: home.appending(path: "xdg-open.log"), encoding: .utf8)
        return log?.split(separator: "\n").count ?? 0
    }

    private func variables(_ prefix: String, _ sandbox: ProviderSandbox) -> [String: String] {
        let credentials = sandbox.credentials
        return ["\(prefix)_CLIENT_ID": credentials.id, "\(prefix)_CLIENT_SECRET": credentials.secret?.revealed ?? ""]
    }

    @Test(arguments: ["wetix", "revenue-monster", "tiki"])
    func `At another server, with credentials of the environment, it calls what it is told to`(name: String)
        async throws
    {
        let providers: [String: ProviderSandbox.Provider] = ["wetix": .weTix, "revenue-monster": .revenueMonster]
        let sandbox = ProviderSandbox(providers[name] ?? .tiki, clock: .system)
        sandbox.stub("GET", "/orders", json: #"{"orders":[]}"#)
        let server = try await sandbox.serve()
        try await withHome { home, environment in
            let prefix = name.uppercased().replacing("-", with: "_")
            let page = server.url.appending(path: "auth/authorize").absoluteString
            let program = try Program.signIn(
                [name, "--server", server.url.absoluteString, "--scope", "orders"]
                    + ["--call", server.url.appending(path: "orders").absoluteString]
                    + (name == "wetix" ? ["--authorization-endpoint", page] : []),
                environment.merging(variables(prefix, sandbox)) { $1 }
            )
            defer { program.kill() }
            let (status, words) = await program.end()
            #expect(status == 0, "\(words)")
            #expect(words.contains("→ 200\n{\"orders\":[]}"))
            #expect(sandbox.complaints == [])
            #expect(calls(of: home) == 1)
        }
        await server.stop()
    }

    @Test func `What is kept needs no browser the next time`() async throws {
        let sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        let server = try await sandbox.serve()
        try await withHome { home, environment in
            for _ in 1...2 {
                let program = try Program.signIn(
                    ["revenue-monster", "--server", server.url.absoluteString, "--scope", "orders", "--keep"],
                    environment.merging(variables("REVENUE_MONSTER", sandbox)) { $1 }
                )
                defer { program.kill() }
                let (status, words) = await program.end()
                #expect(status == 0, "\(words)")
                #expect(words.contains("Signed in at revenue-monster"))
            }
            #expect(calls(of: home) == 1)
            #expect(sandbox.counters.tokenRequests == 1)
        }
        await server.stop()
    }

    @Test func `A public client of any other provider signs in by PKCE alone`() async throws {
        let template = StandardDialect.standard(
            name: "acme",
            tokenEndpoint: URL(string: "https://sandbox.example/token")!,
            apiHosts: [],
            authorizationEndpoint: URL(string: "https://sandbox.example/authorize"),
            conventions: WireConventions {
                $0.request.clientAuthentication = .publicClient
            }
        )
        let client = ClientCredentials(id: "app")
        let sandbox = ProviderSandbox(.speaking(template), credentials: client, clock: .system)
        let server = try await sandbox.serve()
        try await withHome { home, environment in
            let program = try Program.signIn(
                ["acme", "--public-client", "app", "--scope", "orders", "--api-host", server.url.absoluteString]
                    + ["--token-endpoint", server.url.appending(path: "token").absoluteString]
                    + ["--authorization-endpoint", server.url.appending(path: "authorize").absoluteString],
                environment
            )
            defer { program.kill() }
            let (status, words) = await program.end()
            #expect(status == 0, "\(words)")
            #expect(sandbox.complaints == [])
        }
        await server.stop()
    }

    @Test(arguments: [
        (["tiki"], "TIKI_CLIENT_ID"), (["acme"], "--token-endpoint"),
        (["acme", "--rehearse"], "There is a sandbox of"),
        (["tiki", "--sandbox"], "Tiki documents no sandbox"), (["tiki", "--server", "nowhere"], "nowhere is no URL"),
    ])
    func `What is missing is named`(words: [String], missing: String) async throws {
        try await withHome { home, environment in
            let program = try Program.signIn(words, environment)
            defer { program.kill() }
            let (status, said) = await program.end()
            #expect(status != 0)
            #expect(said.contains(missing), "\(said)")
            #expect(calls(of: home) == 0)
        }
    }
}
