import Foundation
import Logging
import OAuthDialects
import ShopCore

#if PostgreSQL
import PostgresTokenStore
import ShopPostgres
#endif

/// Where tokens and orders are kept.
struct Stores: Sendable {
    let tokens: any TokenStore
    let shop: any ShopStore

    /// Opens the stores: in the database if one is set, else in the folder.
    static func open(_ settings: Settings, _ folder: ShopFolder, _ logger: Logger) async throws -> Self {
        guard let database = settings.database else { return try files(settings, folder, logger) }
        #if PostgreSQL
        let tokens = PostgresTokenStore(connection: database)
        let shop = PostgresShopStore(connection: database) { error in
            logger.error("The database can't be used", metadata: ["cause": "\(error)"])
        }
        try await tokens.migrate()
        try await shop.migrate()
        return Self(tokens: tokens, shop: shop)
        #else
        _ = database
        throw SettingError(
            "DATABASE_URL",
            "needs the variant on PostgreSQL: swift run --package-path Examples/Shop --traits PostgreSQL"
        )
        #endif
    }

    /// Sandboxes in this process forget their tokens when it ends, so the shop begins without any.
    private static func tokens(_ settings: Settings, _ folder: ShopFolder) throws -> URL {
        guard case .embedded = settings.source else { return folder.folder("tokens") }
        let tokens = folder.folder("sandboxes").appending(path: "tokens", directoryHint: .isDirectory)
        if FileManager.default.fileExists(atPath: tokens.path(percentEncoded: false)) {
            try FileManager.default.removeItem(at: tokens)
        }
        return tokens
    }

    private static func files(_ settings: Settings, _ folder: ShopFolder, _ logger: Logger) throws -> Self {
        do {
            let shop = try FileShopStore(folder: folder.folder("orders"))
            for name in shop.unreadable { logger.error("An order can't be read", metadata: ["file": "\(name)"]) }
            return Self(tokens: FileTokenStore(directory: try tokens(settings, folder)), shop: shop)
        } catch {
            throw SettingError(
                "SHOP_FOLDER",
                "can't be used, or another process uses it: several processes need DATABASE_URL, or a folder each"
            )
        }
    }
}
