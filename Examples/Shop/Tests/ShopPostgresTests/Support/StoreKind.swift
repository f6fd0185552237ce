import Foundation
import ShopCore
import Testing

#if PostgreSQL
import FleetSupport
#endif

/// A kind of store, each of which has to keep the same contract.
enum StoreKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case file
    #if PostgreSQL
    case postgres
    #endif

    var testDescription: String { rawValue }

    /// Those that this machine can run.
    static var all: [StoreKind] {
        #if PostgreSQL
        PostgresServer.isInstalled ? allCases : allCases.filter { $0 != .postgres }
        #else
        allCases
        #endif
    }

    /// Runs a test on an empty store.
    func run(_ body: (any ShopStore) async throws -> Void) async throws {
        switch self {
        case .memory: try await body(InMemoryShopStore())
        case .file:
            let folder = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(FileShopStore(folder: folder))
        #if PostgreSQL
        case .postgres: try await body(ShopDatabase().store())
        #endif
        }
    }
}
