import ArgumentParser
import Foundation
import LoopbackSignIn
import OAuthDialects

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@main
struct CommandLineSignIn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Signs you in at a provider through your browser, and makes an authorized call.",
        discussion: """
            The client's id and secret come from the environment: WETIX_CLIENT_ID and WETIX_CLIENT_SECRET, \
            REVENUE_MONSTER_…, TIKI_…, or <NAME>_… for a provider of another name. With --rehearse a sandbox on this \
            machine plays the provider, and nothing has to be set.
            """
    )

    @OptionGroup var provider: ProviderOptions

    @Option(name: .customLong("scope"), help: ArgumentHelp("A scope to ask for; repeatable.", valueName: "scope"))
    var scopes: [String] = []

    @Option(help: "Whose session it is: any name of yours.")
    var account = "me"

    @Option(help: "The redirect URI's port on 127.0.0.1; 0 is any that is free, where the provider leaves it open.")
    var port: UInt16 = 0

    @Option(help: "The redirect URI's path, one for each provider; /callback/<provider> by default.")
    var path: String?

    @Flag(inversion: .prefixedNo, help: "Open the URL in a browser.")
    var browser = true

    @Flag(help: "Keep the tokens in files of this user, and sign in only if they no longer do.")
    var keep = false

    @Option(help: "What to GET once you are signed in; a URL that the provider's tokens may go to.", transform: url)
    var call: URL?

    func run() async throws {
        let rehearsal = provider.rehearse ? try await Rehearsal(provider.name) : nil
        do {
            try await signIn(with: rehearsal)
        } catch {
            await rehearsal?.stop()
            FileHandle.standardError.write(Data("Not signed in. \(error)\n".utf8))
            throw ExitCode.failure
        }
        await rehearsal?.stop()
    }

    private func signIn(with rehearsal: Rehearsal?) async throws {
        let session = TokenSession(
            dialect: try rehearsal?.dialect ?? provider.dialect(),
            credentials: try rehearsal?.credentials ?? provider.credentials(),
            identity: .user(try Account(account), scopes: scopes),
            store: keep && rehearsal == nil ? FileTokenStore() : InMemoryTokenStore()
        )
        if try await needsSignIn(session) {
            let path = path ?? "/callback/\(session.dialect.name)"
            try await LoopbackSignIn(session, path: path, port: port).run { [browser] url in
                say("To sign in, go to:\n\n  \(url)\n")
                if browser { Browser.open(url) }
            }
        }
        report(session.status)
        guard let call = call ?? rehearsal?.call else { return }
        let (data, response) = try await session.data(for: URLRequest(url: call))
        say("GET \(call) → \(response.statusCode)\n\(String(decoding: data.prefix(2000), as: UTF8.self))")
    }

    private func needsSignIn(_ session: TokenSession) async throws -> Bool {
        do {
            _ = try await session.accessToken()
            return false
        } catch let error as TokenError where [.signInRequired, .signedOut].contains(error.code) {
            return true
        }
    }

    private func report(_ status: SessionStatus) {
        let end = status.expiresAt.map { "until \($0.formatted(.iso8601))" } ?? "until it is rejected"
        say("Signed in at \(status.dialect) as \(account); the token is good \(end).")
        if !status.missingScopes.isEmpty { say("Not granted: \(status.missingScopes.joined(separator: ", ")).") }
    }
}

/// Says a line at once, to a pipe too.
private func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
