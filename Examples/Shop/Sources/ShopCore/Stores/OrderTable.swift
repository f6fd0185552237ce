import Foundation

/// Orders in memory, by id and by browser.
struct OrderTable: Sendable {
    private var orders: [Order.ID: Order] = [:]
    private var ofBrowser: [String: [Order.ID]] = [:]

    subscript(_ id: Order.ID) -> Order? { orders[id] }

    func orders(of browser: String, limit: Int) -> [Order] {
        let found = (ofBrowser[browser] ?? []).compactMap { orders[$0] }
        return Array(found.sorted { $0.createdAt > $1.createdAt }.prefix(limit))
    }

    func due(at date: Date, limit: Int) -> [Order] {
        let due = orders.values.filter { $0.dueAt <= date && $0.dueAt != .distantFuture }
        return Array(due.sorted { $0.dueAt < $1.dueAt }.prefix(limit))
    }

    /// Whether an order is the next version of the one that is here.
    func canReplace(_ order: Order) -> Bool { orders[order.id]?.version == order.version - 1 }

    mutating func put(_ order: Order) {
        if orders.updateValue(order, forKey: order.id) == nil { ofBrowser[order.browser, default: []].append(order.id) }
    }
}

/// An order that is there already.
struct DuplicateOrder: Error {}
