#if PostgreSQL
import FleetSupport
import Foundation
import OAuthDialects
import ShopCore
import ShopPostgres
import Synchronization
import Testing

/// The suites that need a server.
@Suite(
    .serialized,
    .enabled(if: PostgresServer.isInstalled, "PostgreSQL is not installed: apt-get install postgresql libpq-dev"),
    .timeLimit(.minutes(20))
)
enum OnPostgres {}

/// A database of a test's own, with the shop's tables unless told.
struct ShopDatabase: Sendable {
    let server: PostgresServer
    let name: String
    let reports = Reports()

    init(on server: PostgresServer? = nil, isMigrated: Bool = true) async throws {
        if let server { self.server = server } else { self.server = try await PostgresServer.shared.value }
        name = "d" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try await self.server.sql("CREATE DATABASE \(name)")
        if isMigrated { try await store().migrate() }
    }

    var address: Secret { server.address(of: name) }

    func store(at address: Secret? = nil, timeout: Duration = .seconds(30)) -> PostgresShopStore {
        PostgresShopStore(connection: address ?? self.address, timeout: timeout) { [reports] in reports.add($0) }
    }

    /// A store behind a forwarder, which can cut its connections.
    func store(behind forwarder: Forwarder) -> PostgresShopStore {
        store(at: server.address(of: name, at: "127.0.0.1", forwarder.port))
    }

    func forwarder() throws -> Forwarder { try Forwarder(to: "127.0.0.1", server.port) }

    @discardableResult
    func sql(_ text: String) async throws -> String { try await server.sql(text, in: name) }
}

/// What stores have reported.
final class Reports: Sendable {
    private let list = Mutex<[DatabaseError]>([])

    var all: [DatabaseError] { list.withLock { $0 } }

    func add(_ error: DatabaseError) { list.withLock { $0.append(error) } }
}

/// The shop's error that an operation throws.
func shopError(_ body: () async throws -> some Any) async -> ShopError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ShopError
    }
}
#endif
