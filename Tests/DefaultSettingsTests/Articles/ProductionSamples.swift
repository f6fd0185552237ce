import Foundation
import OAuthDialects

// The code of the article on production, word for word.

private func start(isProduction: Bool) throws {
    let session = TokenSession(
        dialect: .revenueMonster(isProduction ? .production : .sandbox),
        credentials: try .environment("REVENUE_MONSTER")
    )
    _ = session
}

private func pool(_ client: ClientCredentials) throws {
    let pool = SessionPool(store: FileTokenStore())
    let seller = pool.session(
        dialect: .tiki(.production),
        credentials: client,
        identity: .user(try Account("seller-7"))
    )
    _ = seller
}

private func keepFresh(_ session: TokenSession, _ serve: @Sendable () async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
        group.addTask { await session.run() }
        await serve()
        group.cancelAll()
    }
}

private struct VaultCredentials: CredentialsSource {
    let read: @Sendable () async throws -> (id: String, secret: String)

    func credentials() async throws -> ClientCredentials {
        let entry = try await read()
        return ClientCredentials(id: entry.id, secret: entry.secret)
    }
}

#if os(Linux)
private func manyConnections() throws {
    var configuration = LibcurlTransport.Configuration()
    configuration.connectionsPerOrigin = 1000
    configuration.connections = 2000
    let transport = try LibcurlTransport(configuration)
    _ = transport
}

private func ownAuthority() throws {
    var configuration = LibcurlTransport.Configuration()
    configuration.additionalCAFile = "/etc/acme/ca.pem"
    configuration.clientCertificateFile = "/etc/acme/client.pem"
    configuration.clientKeyFile = "/etc/acme/client.key"
    let transport = try LibcurlTransport(configuration)
    _ = transport
}
#endif
