import Foundation
import ShopCore
import Testing

@Suite struct StoreTests {
    enum Kind: CaseIterable { case memory, file }

    /// A store that is empty, and what removes its folder.
    private func store(_ kind: Kind) throws -> (any ShopStore, Folder) {
        let folder = try Folder()
        switch kind {
        case .memory: return (InMemoryShopStore(), folder)
        case .file: return (try FileShopStore(folder: folder.url), folder)
        }
    }

    @Test(arguments: Kind.allCases)
    func `Of 100 concurrent changes none is lost`(_ kind: Kind) async throws {
        let (store, folder) = try store(kind)
        defer { folder.remove() }
        let order = Samples.order()
        try await store.insert(order)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try await store.change(order.id) { $0.notice = ($0.notice ?? "") + "\(number) " }
                }
            }
            try await group.waitForAll()
        }
        let stored = try #require(try await store.order(order.id))
        #expect(stored.version == 101)
        #expect(stored.notice?.split(separator: " ").count == 100)
    }

    @Test(arguments: Kind.allCases)
    func `An old version replaces nothing`(_ kind: Kind) async throws {
        let (store, folder) = try store(kind)
        defer { folder.remove() }
        var order = Samples.order()
        try await store.insert(order)
        order.version = 2
        #expect(try await store.replace(order))
        #expect(try await !store.replace(order))
        order.version = 4
        #expect(try await !store.replace(order))
        await #expect(throws: (any Error).self) { try await store.insert(Samples.order()) }
    }

    @Test(arguments: Kind.allCases)
    func `One of many takes what is kept`(_ kind: Kind) async throws {
        let (store, folder) = try store(kind)
        defer { folder.remove() }
        try await store.keep(Data("bytes".utf8), as: "name", until: Samples.now.addingTimeInterval(60))
        let taken = try await withThrowingTaskGroup(of: Data?.self) { group in
            for _ in 0..<50 { group.addTask { try await store.take("name", at: Samples.now) } }
            return try await group.reduce(into: [Data]()) { if let bytes = $1 { $0.append(bytes) } }
        }
        #expect(taken == [Data("bytes".utf8)])
        try await store.keep(Data("bytes".utf8), as: "name", until: Samples.now)
        #expect(try await store.take("name", at: Samples.now) == nil)
    }

    @Test(arguments: Kind.allCases)
    func `An event is new once`(_ kind: Kind) async throws {
        let (store, folder) = try store(kind)
        defer { folder.remove() }
        #expect(try await store.note(event: "a/../b", at: Samples.now))
        #expect(try await !store.note(event: "a/../b", at: Samples.now))
        #expect(try await store.note(event: "c", at: Samples.now))
    }

    @Test(arguments: Kind.allCases)
    func `Orders are due by date, and listed by browser`(_ kind: Kind) async throws {
        let (store, folder) = try store(kind)
        defer { folder.remove() }
        for number in 0..<3 {
            var order = Samples.order("order-\(number)")
            order.dueAt = Samples.now.addingTimeInterval(Double(10 - number))
            try await store.insert(order)
        }
        var final = Samples.order("final")
        final.dueAt = .distantFuture
        try await store.insert(final)
        let late = Samples.now.addingTimeInterval(9)
        #expect(try await store.due(at: late, limit: 10).map(\.id) == ["order-2", "order-1"])
        #expect(try await store.due(at: late, limit: 1).map(\.id) == ["order-2"])
        #expect(try await store.due(at: .distantFuture, limit: 10).count == 3)
        #expect(try await store.orders(of: "browser", limit: 2).count == 2)
        #expect(try await store.orders(of: "another", limit: 2).isEmpty)
    }
}

/// A folder of a test.
struct Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: url) }
}
