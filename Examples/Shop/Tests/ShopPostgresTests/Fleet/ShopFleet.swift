#if PostgreSQL
import FleetSupport
import Foundation
import ShopCore
import ShopSandboxes

/// Shops over one database, with the sandboxes in this process.
final class ShopFleet: Sendable {
    static let password = "popcorn"

    let sandboxes: Sandboxes
    let database: ShopDatabase
    private let folder: URL
    private let cookieKey = Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()

    /// Lends a fleet without shops, and stops its sandboxes.
    static func run(_ body: (ShopFleet) async throws -> Void) async throws {
        let fleet = try await ShopFleet()
        do { try await body(fleet) } catch {
            await fleet.stop()
            throw error
        }
        await fleet.stop()
    }

    private init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "shop-fleet-\(UUID().uuidString)")
        database = try await ShopDatabase(isMigrated: false)
        var settings = Sandboxes.Settings()
        settings.folder = folder
        sandboxes = try await Sandboxes.start(settings) { KopiDialect(root: $0) }
    }

    private func stop() async {
        await sandboxes.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts a shop, and waits for its URL.
    func shop() async throws -> FleetShop {
        let server = database.server
        let address =
            "postgresql://postgres:\(server.password)@127.0.0.1:\(server.port)/\(database.name)?sslmode=disable"
        let worker = try Worker(
            [],
            of: "Shop",
            environment: [
                "DATABASE_URL": address, "SHOP_PORT": "0", "SHOP_SANDBOXES": sandboxes.directoryFile.path,
                "SHOP_STAFF_PASSWORD": Self.password, "SHOP_COOKIE_KEY": cookieKey,
                "SHOP_FOLDER": folder.appending(path: UUID().uuidString).path,
            ]
        )
        while let line = await worker.line() {
            let word = line.split(separator: " ").first { $0.hasPrefix("http://") }
            if let url = word.flatMap({ URL(string: String($0)) }) { return FleetShop(url: url, worker: worker) }
        }
        throw FleetFailure(description: "A shop ended without saying where it is.")
    }
}

/// What went wrong around the shops.
struct FleetFailure: Error, CustomStringConvertible {
    let description: String
}

/// A process that sells tickets.
struct FleetShop: Sendable {
    let url: URL
    let worker: Worker

    func url(_ path: String) -> URL { URL(string: path, relativeTo: url)?.absoluteURL ?? url }
}
#endif
