import Foundation
import ShopCore
import Testing

@Suite struct InputTests {
    private func order(
        _ rig: Rig,
        seats: [String] = ["s7"],
        session: String = "session-1",
        showtime: String = "showtime-1",
        email: String = "buyer@example.com"
    ) async throws -> Order {
        try await rig.shop.order(seats: seats, in: session, of: showtime, email: email, browser: "browser")
    }

    @Test(arguments: [
        [], (1...9).map { "s\($0)" }, ["s7", "s7"], ["s7", ""], [String(repeating: "x", count: 3000)],
    ])
    func `Seats that can't be bought together are refused before anybody is asked`(_ seats: [String]) async throws {
        let rig = try Rig()
        let error = await #expect(throws: ShopError.self) { try await order(rig, seats: seats) }
        #expect(error?.kind == .invalid)
        #expect(rig.cinema.calls.isEmpty)
    }

    @Test(arguments: [
        "", "buyer", "@example.com", "buyer@", "a@b@c", "buyer @example.com", "buyer@example.com\r\nBcc: x",
        String(repeating: "a", count: 243) + "@example.com",
    ])
    func `An address that is none is refused`(_ email: String) async throws {
        let rig = try Rig()
        let error = await #expect(throws: ShopError.self) { try await order(rig, email: email) }
        #expect(error?.kind == .invalid)
        #expect(rig.cinema.calls.isEmpty)
    }

    @Test func `An address of 254 bytes is taken`() async throws {
        let rig = try Rig()
        let email = String(repeating: "a", count: 242) + "@example.com"
        #expect(try await order(rig, email: email).email == email)
    }

    @Test func `Seats of an order that may have been stored are not released`() async throws {
        let store = FailingShopStore()
        let rig = try Rig(store)
        store.isFailing.withLock { $0 = true }
        let error = await #expect(throws: ShopError.self) { try await order(rig) }
        #expect(error?.kind == .unavailable)
        #expect(rig.cinema.count("releaseSeats") == 0)
        #expect(try await store.orders(of: "browser", limit: 9).count == 1)
    }

    @Test func `A price that the cinema has changed is shown`() async throws {
        let rig = try Rig()
        let before = try #require(try await rig.shop.showtimes().first)
        rig.cinema.set { $0.price = "21" }
        #expect(try await rig.shop.seatPlan(of: before.id).showtime.price.sen == before.price.sen + 300)
        #expect(try await rig.shop.showtimes().first?.price.sen == before.price.sen + 300)
    }

    @Test func `A catalogue that can't be read again is shown to everyone who asks`() async throws {
        let rig = try Rig()
        #expect(try await rig.shop.showtimes().count == 1)
        rig.clock.advance(by: .seconds(61))
        rig.weTix.failNext(.reset, at: .api)
        rig.weTix.holdAnswers()
        let asked = (0..<3).map { _ in Task { try await rig.shop.showtimes().count } }
        rig.weTix.releaseAnswers()
        for each in asked { #expect(try await each.value == 1) }
    }

    @Test func `An unknown showtime is refused`() async throws {
        let rig = try Rig()
        let error = await #expect(throws: ShopError.self) { try await order(rig, showtime: "another") }
        #expect(error?.kind == .notFound)
        let plan = await #expect(throws: ShopError.self) { try await rig.shop.seatPlan(of: "another") }
        #expect(plan?.kind == .notFound)
        #expect(rig.cinema.count("reserveSeats") == 0)
    }

    @Test func `An empty session is refused`() async throws {
        let rig = try Rig()
        await #expect(throws: ShopError.self) { try await order(rig, session: "") }
        #expect(rig.cinema.calls.isEmpty)
    }

    @Test func `Taken seats are said to be gone`() async throws {
        let rig = try Rig()
        _ = try await rig.shop.showtimes()
        rig.cinema.set { $0.problems = ["reserveSeats": "INVALID_SEAT_TO_RESERVE"] }
        let error = await #expect(throws: ShopError.self) { try await order(rig) }
        #expect(error?.kind == .seatsGone)
        #expect(try await rig.shop.orders(of: "browser").isEmpty)
    }

    @Test(arguments: ["ORDER_SESSION_EXPIRED", "INTERNAL_ERROR"])
    func `Seats for which no order can be made are released`(_ code: String) async throws {
        let rig = try Rig()
        _ = try await rig.shop.showtimes()
        rig.cinema.set { $0.problems = ["createMovieOrder": code] }
        await #expect(throws: ShopError.self) { try await order(rig) }
        #expect(rig.cinema.count("releaseSeats") == 1)
        #expect(try await rig.shop.orders(of: "browser").isEmpty)
    }

    @Test func `Another browser's order is none`() async throws {
        let rig = try Rig()
        let order = try await rig.order()
        #expect(try await rig.shop.order(order.id, of: "another") == nil)
        #expect(try await rig.shop.orders(of: "another").isEmpty)
        #expect(try await rig.shop.order(order.id, of: "browser") == order)
        for action in [rig.shop.pay, rig.shop.cancel] {
            let error = await #expect(throws: ShopError.self) { try await action(order.id, "another") }
            #expect(error?.kind == .notFound)
        }
        #expect(try await rig.stored(order.id) == order)
        await rig.shop.check("unknown")
        #expect(rig.alerts.isEmpty)
    }

    @Test func `A booking session is ordered once, and a second order frees no seats`() async throws {
        let rig = try Rig()
        _ = try await rig.order()
        let error = await #expect(throws: ShopError.self) { try await rig.order(browser: "another") }
        #expect(error?.kind == .seatsGone)
        #expect(rig.cinema.count("reserveSeats") == 1)
        #expect(rig.cinema.count("releaseSeats") == 0)
    }
}
