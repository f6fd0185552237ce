import Foundation
import ShopCore
import Testing

/// What the shop expects of every store.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct StoreContractTests {
    @Test(arguments: StoreKind.all)
    func `An order comes back as it was stored`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            var order = Order.sample()
            try await store.insert(order)
            #expect(try await store.order(order.id) == order)
            #expect(try await store.order("another") == nil)
            order.version = 2
            order.state = .paying
            order.attempts = [Order.Attempt(id: "\(order.id)-1", createdAt: .start, endsAt: .start + 600.3)]
            order.attempts[0].checkoutURL = URL(string: "https://example.com/pay?a=1&b=%20")
            order.claim = Order.Claim(owner: "a process", until: .start + 30)
            order.notice = "It's \"quoted\" \\ and\nbroken"
            #expect(try await store.replace(order))
            #expect(try await store.order(order.id) == order)
        }
    }

    @Test(arguments: StoreKind.all)
    func `A second order of the same number is refused`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            let order = Order.sample()
            try await store.insert(order)
            await #expect(throws: (any Error).self) { try await store.insert(.sample(browser: "another")) }
            #expect(try await store.order(order.id) == order)
        }
    }

    @Test(arguments: StoreKind.all)
    func `A browser sees its own orders, newest first`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            for number in [2, 1, 3] {
                try await store.insert(.sample("order-\(number)", createdAt: .start + Double(number)))
            }
            try await store.insert(.sample("not-mine", browser: "another"))
            #expect(try await store.orders(of: "browser", limit: 9).map(\.id) == ["order-3", "order-2", "order-1"])
            #expect(try await store.orders(of: "browser", limit: 2).map(\.id) == ["order-3", "order-2"])
            #expect(try await store.orders(of: "nobody", limit: 9).isEmpty)
        }
    }

    @Test(arguments: StoreKind.all)
    func `Only the version before is replaced`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            var order = Order.sample()
            #expect(try await store.replace(order) == false)
            try await store.insert(order)
            for version in [0, 1, 3] {
                order.version = version
                #expect(try await store.replace(order) == false)
            }
            order.version = 2
            #expect(try await store.replace(order))
            // The same again is somebody else's: only one of two equal writers has made the change.
            #expect(try await store.replace(order) == false)
            #expect(try await store.order(order.id) == order)
        }
    }

    @Test(arguments: StoreKind.all)
    func `Orders are due until nothing is left to do, oldest first`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            for (number, state) in [Order.State.held, .paying, .paid, .refunding].enumerated() {
                try await store.insert(.sample("open-\(number)", state: state, dueAt: .start - Double(number)))
            }
            for state in [Order.State.booked, .refunded, .expired, .cancelled] {
                try await store.insert(.sample("final-\(state)", state: state, dueAt: .distantFuture))
            }
            try await store.insert(.sample("later", state: .booked, dueAt: .start + 1))
            let due = try await store.due(at: .start, limit: 9)
            #expect(due.map(\.id) == ["open-3", "open-2", "open-1", "open-0"])
            #expect(try await store.due(at: .start, limit: 2).map(\.id) == ["open-3", "open-2"])
            try await store.change("open-3") {
                $0.state = .refunded
                $0.dueAt = .distantFuture
            }
            try await store.change("open-2") { $0.dueAt = .start + 60 }
            #expect(try await store.due(at: .start, limit: 9).map(\.id) == ["open-1", "open-0"])
            #expect(try await store.due(at: .start + 1, limit: 9).last?.id == "later")
        }
    }

    @Test(arguments: StoreKind.all)
    func `An event is new once`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            var isNew: [Bool] = []
            for id in ["one", "one", "two", "one"] { isNew.append(try await store.note(event: id, at: .start)) }
            #expect(isNew == [true, false, true, false])
        }
    }

    @Test(arguments: StoreKind.all)
    func `What is kept is taken once, and not after its date`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            let (now, bytes) = (Date.now, Data([0, 1, 255]))
            #expect(try await store.take("attempt", at: now) == nil)
            try await store.keep(bytes, as: "attempt", until: now + 60)
            #expect(try await store.take("another", at: now) == nil)
            #expect(try await store.take("attempt", at: now) == bytes)
            #expect(try await store.take("attempt", at: now) == nil)
            try await store.keep(Data(), as: "attempt", until: now + 60)
            #expect(try await store.take("attempt", at: now + 61) == nil)
            try await store.keep(bytes, as: "attempt", until: now + 60)
            try await store.keep(Data("newer".utf8), as: "attempt", until: now + 60)
            #expect(try await store.take("attempt", at: now) == Data("newer".utf8))
        }
    }

    @Test(arguments: StoreKind.all)
    func `No change of eight writers is lost`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            try await store.insert(.sample())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<25 {
                            try await store.change(Order.sample().id) { $0.points = ($0.points ?? 0) + 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let order = try await store.order(Order.sample().id)
            #expect(order?.points == 200)
            #expect(order?.version == 201)
        }
    }

    @Test(arguments: StoreKind.all)
    func `One of eight takes what is kept, and one notes an event`(_ kind: StoreKind) async throws {
        try await kind.run { store in
            for number in 0..<10 {
                try await store.keep(Data("bytes".utf8), as: "attempt-\(number)", until: .now + 60)
                let wins = try await withThrowingTaskGroup(of: (Bool, Bool).self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            (
                                try await store.take("attempt-\(number)", at: .now) != nil,
                                try await store.note(event: "event-\(number)", at: .now)
                            )
                        }
                    }
                    return try await group.reduce(into: (0, 0)) { $0 = ($0.0 + ($1.0 ? 1 : 0), $0.1 + ($1.1 ? 1 : 0)) }
                }
                #expect(wins == (1, 1))
            }
        }
    }
}
