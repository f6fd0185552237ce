import Foundation
import ShopCore
import Synchronization

/// A store in memory that takes nothing and reads no order while it fails.
final class FailingShopStore: ShopStore {
    let isFailing = Mutex(false)
    private let base = InMemoryShopStore()

    private func check() throws {
        if isFailing.withLock(\.self) { throw ShopError(.unavailable, "The store fails.") }
    }

    func order(_ id: Order.ID) async throws -> Order? {
        try check()
        return try await base.order(id)
    }

    func orders(of browser: String, limit: Int) async throws -> [Order] {
        try await base.orders(of: browser, limit: limit)
    }

    func insert(_ order: Order) async throws {
        try await base.insert(order)
        try check()
    }

    func replace(_ order: Order) async throws -> Bool { try await base.replace(order) }

    func due(at date: Date, limit: Int) async throws -> [Order] { try await base.due(at: date, limit: limit) }

    func note(event id: String, at date: Date) async throws -> Bool { try await base.note(event: id, at: date) }

    func keep(_ bytes: Data, as name: String, until date: Date) async throws {
        try await base.keep(bytes, as: name, until: date)
    }

    func take(_ name: String, at date: Date) async throws -> Data? {
        try check()
        return try await base.take(name, at: date)
    }
}
