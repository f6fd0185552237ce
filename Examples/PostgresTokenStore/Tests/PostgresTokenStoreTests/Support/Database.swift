import FleetSupport
import Foundation
import OAuthDialects
import OAuthDialectsTesting
import PostgresTokenStore

/// A database of a test's own.
struct Database: Sendable {
    let server: PostgresServer
    let name: String

    /// Makes a database, with the store's tables unless told.
    init(on server: PostgresServer? = nil, isMigrated: Bool = true) async throws {
        if let server { self.server = server } else { self.server = try await PostgresServer.shared.value }
        name = "d" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try await self.server.sql("CREATE DATABASE \(name)")
        if isMigrated { try await store().migrate() }
    }

    var address: Secret { server.address(of: name) }

    func store(
        at address: Secret? = nil,
        cipher: (any TokenCipher)? = nil,
        connections: Int = 2,
        lease: Duration = .seconds(30),
        timeout: Duration = .seconds(60),
        statementTimeout: Duration = .seconds(30)
    ) -> PostgresTokenStore {
        PostgresTokenStore(
            connection: address ?? self.address,
            cipher: cipher,
            connections: connections,
            lease: lease,
            timeout: timeout,
            statementTimeout: statementTimeout
        )
    }

    @discardableResult
    func sql(_ text: String) async throws -> String { try await server.sql(text, in: name) }
}

extension TokenRecord {
    static func numbered(_ number: Int, id: String? = nil) -> TokenRecord {
        .sample(generation: number, accessToken: Secret("token-\(id ?? "\(number)")"))
    }
}

extension TokenStore {
    func put(_ record: TokenRecord, for key: SessionKey = .sample) async throws {
        try await update(key) { try await $0.save(record) }
    }

    var stored: TokenRecord? { get async throws { try await record(for: .sample) } }
    var generation: Int? { get async throws { try await stored?.generation } }
}

extension SessionKey {
    static let sample = SessionKey(identifier: "account=sample")
}

/// The error that an operation throws.
func storeError(_ body: () async throws -> some Any) async -> TokenError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TokenError
    }
}
