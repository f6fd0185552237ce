public import Foundation

/// A store in a folder, for one process: a file for each order, which a crash at any moment leaves whole.
///
/// Orders are read from memory; the files are read when the store is opened.
public actor FileShopStore: ShopStore {
    private var table = OrderTable()
    private let orders: PrivateFolder
    private let events: PrivateFolder
    private let kept: PrivateFolder
    private let lock: FileHandle

    /// Files of orders that could not be read; they are left as they are.
    public nonisolated let unreadable: [String]

    /// How long the ids of events are remembered: longer than any provider repeats one.
    private static let memory: TimeInterval = 30 * 86_400

    private struct Kept: Codable {
        let bytes: Data
        let until: Date
    }

    /// Opens the store of a folder, which is created if it is missing.
    ///
    /// - Throws: an error if the folder can't be used, or if another process uses it.
    public init(folder: URL) throws {
        lock = try PrivateFolder(folder).lock()
        orders = try PrivateFolder(folder.appending(path: "orders", directoryHint: .isDirectory))
        events = try PrivateFolder(folder.appending(path: "events", directoryHint: .isDirectory))
        kept = try PrivateFolder(folder.appending(path: "kept", directoryHint: .isDirectory))
        try orders.tidy()
        try kept.tidy(before: Date(timeIntervalSinceNow: -Self.memory))
        try events.tidy(before: Date(timeIntervalSinceNow: -Self.memory))
        var unreadable: [String] = []
        for name in try orders.names() {
            guard let bytes = orders.read(name), let order = try? JSONDecoder().decode(Order.self, from: bytes),
                Self.file(of: order.id) == name
            else {
                unreadable.append(name)
                continue
            }
            table.put(order)
        }
        self.unreadable = unreadable.sorted()
    }

    public func order(_ id: Order.ID) -> Order? { table[id] }

    public func orders(of browser: String, limit: Int) -> [Order] { table.orders(of: browser, limit: limit) }

    public func insert(_ order: Order) throws {
        guard table[order.id] == nil, !unreadable.contains(Self.file(of: order.id)) else { throw DuplicateOrder() }
        try save(order)
    }

    public func replace(_ order: Order) throws -> Bool {
        guard table.canReplace(order) else { return false }
        try save(order)
        return true
    }

    public func due(at date: Date, limit: Int) -> [Order] { table.due(at: date, limit: limit) }

    public func note(event id: String, at date: Date) throws -> Bool { try events.mark(PrivateFolder.name(of: id)) }

    public func keep(_ bytes: Data, as name: String, until: Date) throws {
        try kept.write(JSONEncoder().encode(Kept(bytes: bytes, until: until)), as: PrivateFolder.name(of: name))
    }

    public func take(_ name: String, at date: Date) throws -> Data? {
        let file = PrivateFolder.name(of: name)
        let bytes = kept.read(file)
        guard kept.remove(file), let bytes, let found = try? JSONDecoder().decode(Kept.self, from: bytes),
            found.until > date
        else { return nil }
        return found.bytes
    }

    /// The file is there before anybody sees the order.
    private func save(_ order: Order) throws {
        try orders.write(JSONEncoder().encode(order), as: Self.file(of: order.id))
        table.put(order)
    }

    private static func file(of id: Order.ID) -> String { PrivateFolder.name(of: id) + ".json" }
}
