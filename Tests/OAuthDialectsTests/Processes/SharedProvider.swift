import Foundation
import OAuthDialects
import OAuthDialectsTesting

/// A provider on loopback that rotates refresh tokens and revokes the family of one that is used twice.
struct SharedProvider {
    let sandbox: ProviderSandbox
    let server: SandboxServer
    let directory: URL

    init(_ directory: URL, lifetime: Duration? = nil) async throws {
        sandbox = ProviderSandbox(.revenueMonster, clock: .system)
        sandbox.rotation = .rotating
        sandbox.accessTokenLifetime = lifetime
        server = try await sandbox.serve()
        self.directory = directory
    }

    /// A process with a session for an account, or for `client`; its renewals and leases take this long, and its exchanges.
    func worker(
        _ identity: String,
        flight: Duration = RenewalPolicy.standard.renewalTimeout,
        exchange: Duration = RenewalPolicy.standard.exchangeLimits.timeout
    ) throws -> Worker {
        let credentials = sandbox.credentials
        return try Worker(
            "session",
            directory.path,
            server.url.absoluteString,
            identity,
            credentials.id,
            credentials.secret?.revealed ?? "",
            "\(Int(flight / .milliseconds(1)))",
            "\(Int(exchange / .milliseconds(1)))"
        )
    }

    /// A session of this process for an account, over the same store.
    func session(_ account: String) throws -> TokenSession {
        sandbox.session(
            at: server.url,
            identity: .user(try Account(account)),
            store: FileTokenStore(directory: directory),
            transport: .system
        )
    }
}
