public import Foundation

/// A store in memory, for tests.
public actor InMemoryShopStore: ShopStore {
    private var table = OrderTable()
    private var events: Set<String> = []
    private var kept: [String: (bytes: Data, until: Date)] = [:]

    /// Creates an empty store.
    public init() {}

    public func order(_ id: Order.ID) -> Order? { table[id] }

    public func orders(of browser: String, limit: Int) -> [Order] { table.orders(of: browser, limit: limit) }

    public func insert(_ order: Order) throws {
        guard table[order.id] == nil else { throw DuplicateOrder() }
        table.put(order)
    }

    public func replace(_ order: Order) -> Bool {
        guard table.canReplace(order) else { return false }
        table.put(order)
        return true
    }

    public func due(at date: Date, limit: Int) -> [Order] { table.due(at: date, limit: limit) }

    public func note(event id: String, at date: Date) -> Bool { events.insert(id).inserted }

    public func keep(_ bytes: Data, as name: String, until: Date) { kept[name] = (bytes, until) }

    public func take(_ name: String, at date: Date) -> Data? {
        guard let (bytes, until) = kept.removeValue(forKey: name), until > date else { return nil }
        return bytes
    }
}
