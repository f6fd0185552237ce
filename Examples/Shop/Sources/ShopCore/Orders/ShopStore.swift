import Foundation

/// Where orders and what browsers hold are kept, for one process or several.
public protocol ShopStore: Sendable {
    /// An order.
    func order(_ id: Order.ID) async throws -> Order?

    /// A browser's orders, newest first.
    func orders(of browser: String, limit: Int) async throws -> [Order]

    /// Saves a new order.
    func insert(_ order: Order) async throws

    /// Replaces an order whose stored version is the one before `order.version`.
    ///
    /// - Returns: whether it did; `false` if somebody else changed the order first.
    func replace(_ order: Order) async throws -> Bool

    /// Orders whose ``Order/dueAt`` has come, oldest first; a final order with nothing left to do is never due.
    func due(at date: Date, limit: Int) async throws -> [Order]

    /// Notes an event of a provider by its id.
    ///
    /// - Returns: whether it is new.
    func note(event id: String, at date: Date) async throws -> Bool

    /// Keeps bytes under a name until a date, such as a browser's attempt to sign in.
    func keep(_ bytes: Data, as name: String, until: Date) async throws

    /// Takes bytes away, so that nobody takes them twice; `nil` if there are none or they have expired.
    func take(_ name: String, at date: Date) async throws -> Data?
}

extension ShopStore {
    /// Changes an order, again if somebody else changed it meanwhile.
    ///
    /// - Parameters:
    ///   - id: the order.
    ///   - body: changes the order; it may run more than once. Without a change nothing is stored.
    /// - Returns: the order as stored; `nil` if there is none.
    /// - Throws: what the body or the store throws.
    @discardableResult
    public func change(_ id: Order.ID, _ body: @Sendable (inout Order) throws -> Void) async throws -> Order? {
        while let before = try await order(id) {
            var after = before
            try body(&after)
            if after == before { return before }
            after.version = before.version + 1
            if try await replace(after) { return after }
        }
        return nil
    }
}
