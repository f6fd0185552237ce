import Foundation
import ShopCore
import Testing

@Suite struct FileShopStoreTests {
    @Test func `Another process finds what one has stored`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        var order = Samples.order()
        do {
            let store = try FileShopStore(folder: folder.url)
            try await store.insert(order)
            order.version = 2
            order.state = .paying
            #expect(try await store.replace(order))
            try await store.keep(Data("bytes".utf8), as: "name", until: Samples.now.addingTimeInterval(60))
            _ = try await store.note(event: "event", at: Samples.now)
        }
        let store = try FileShopStore(folder: folder.url)
        #expect(await store.order(order.id) == order)
        #expect(await store.orders(of: "browser", limit: 10) == [order])
        #expect(try await store.take("name", at: Samples.now) == Data("bytes".utf8))
        #expect(try await !store.note(event: "event", at: Samples.now))
    }

    @Test func `A crash between writing and renaming leaves the version before`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let order = Samples.order()
        do { try await FileShopStore(folder: folder.url).insert(order) }
        let file = try #require(try folder.orders.first)
        // What the process wrote before it ended: half of the next version, beside the file.
        let half = try Data(contentsOf: file).prefix(100)
        try half.write(to: file.appendingPathExtension("unfinished"))
        let store = try FileShopStore(folder: folder.url)
        #expect(store.unreadable.isEmpty)
        #expect(await store.order(order.id) == order)
        var next = order
        next.version = 2
        #expect(try await store.replace(next))
        #expect(try folder.orders.count == 1)
    }

    @Test(arguments: ["", "{", "{}", "not JSON", "[1,2]"])
    func `A corrupt file is reported, left alone, and keeps nothing else from being read`(_ text: String) async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let (good, bad) = (Samples.order("good"), Samples.order("bad"))
        do {
            let store = try FileShopStore(folder: folder.url)
            try await store.insert(bad)
            let file = try #require(try folder.orders.first)
            try await store.insert(good)
            try Data(text.utf8).write(to: file)
        }
        let store = try FileShopStore(folder: folder.url)
        #expect(store.unreadable.count == 1)
        #expect(await store.order("good") == good)
        #expect(await store.order("bad") == nil)
        await #expect(throws: (any Error).self) { try await store.insert(bad) }
        #expect(try folder.orders.contains { try Data(contentsOf: $0) == Data(text.utf8) })
    }

    @Test func `A second store on a folder is refused while the first is open`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let store = try FileShopStore(folder: folder.url)
        #expect(throws: (any Error).self) { try FileShopStore(folder: folder.url) }
        #expect(await store.order("any") == nil)
    }

    @Test func `Only this user can read what is stored`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let store = try FileShopStore(folder: folder.url)
        try await store.insert(Samples.order())
        try await store.keep(Data("bytes".utf8), as: "name", until: .distantFuture)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
        #expect(paths.count >= 5)
        for path in paths {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.url.path + "/" + path)
            let mode = try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
            #expect(mode & 0o077 == 0, "\(path)")
        }
    }

    @Test func `A name can't leave the folder`() async throws {
        let folder = try Folder()
        defer { folder.remove() }
        let store = try FileShopStore(folder: folder.url)
        try await store.insert(Samples.order("../../escaped"))
        try await store.keep(Data(), as: "../../escaped", until: .distantFuture)
        #expect(await store.order("../../escaped") != nil)
        let outside = try FileManager.default.contentsOfDirectory(atPath: folder.url.deletingLastPathComponent().path)
        #expect(!outside.contains { $0.hasPrefix("escaped") })
    }
}

extension Folder {
    /// The files of orders.
    var orders: [URL] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                at: url.appending(path: "orders"),
                includingPropertiesForKeys: nil
            )
        }
    }
}
