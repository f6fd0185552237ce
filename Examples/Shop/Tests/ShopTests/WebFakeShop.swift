import Foundation
import ShopCore
import Synchronization

/// A shop without providers: orders change when a test says so.
final class FakeShop: ShopService {
    private struct State {
        var orders: [Order] = []
        var plans = 0
        var taken: Set<String> = ["r-D5", "r-D6", "r-F9"]
        var checked: [Order.ID] = []
        var listeners: [AsyncStream<Order>.Continuation] = []
    }

    static let now = Date(timeIntervalSince1970: 1_795_000_000)

    let showings: [Showtime]
    /// The orders that pages begin to follow.
    let followed: AsyncStream<Order.ID>
    private let follow: AsyncStream<Order.ID>.Continuation
    private let state = Mutex(State())

    init(_ showings: [Showtime] = FakeShop.programme) {
        self.showings = showings
        (followed, follow) = AsyncStream<Order.ID>.makeStream()
    }

    var checked: [Order.ID] { state.withLock(\.checked) }
    var allOrders: [Order] { state.withLock(\.orders) }

    /// Changes an order, and tells the pages that are open.
    func set(_ id: Order.ID, _ change: (inout Order) -> Void) {
        let (order, listeners) = state.withLock { state -> (Order?, [AsyncStream<Order>.Continuation]) in
            guard let index = state.orders.firstIndex(where: { $0.id == id }) else { return (nil, []) }
            change(&state.orders[index])
            return (state.orders[index], state.listeners)
        }
        if let order { for listener in listeners { listener.yield(order) } }
    }

    func showtimes() -> [Showtime] { showings }

    func seatPlan(of showtime: Showtime.ID) throws -> SeatPlan {
        guard let showing = showings.first(where: { $0.id == showtime }) else {
            throw ShopError(.notFound, "No showtime.")
        }
        let (number, taken) = state.withLock { state in
            state.plans += 1
            return (state.plans, state.taken)
        }
        let seats = "ABCDEFGH".flatMap { row in
            (1...12).map {
                SeatPlan.Seat(id: "r-\(row)\($0)", row: "\(row)", number: $0, isFree: !taken.contains("r-\(row)\($0)"))
            }
        }
        return SeatPlan(sessionKey: "session-\(number)", ticketKey: "adult", showtime: showing, seats: seats)
    }

    func order(
        seats: [SeatPlan.Seat.ID],
        in sessionKey: String,
        of showtime: Showtime.ID,
        email: String,
        browser: String
    ) throws -> Order {
        guard let showing = showings.first(where: { $0.id == showtime }) else {
            throw ShopError(.notFound, "No showtime.")
        }
        return try state.withLock { state in
            guard state.taken.isDisjoint(with: seats) else {
                throw ShopError(.seatsGone, "Somebody else was faster. Choose other seats.")
            }
            state.taken.formUnion(seats)
            let order = Self.order(
                "order-\(state.orders.count + 1)-of-a-test",
                showing,
                seats: seats.map { String($0.dropFirst(2)) },
                email: email,
                browser: browser,
                sessionKey: sessionKey
            )
            state.orders.append(order)
            return order
        }
    }

    func order(_ id: Order.ID, of browser: String) -> Order? {
        state.withLock { $0.orders.first { $0.id == id && $0.browser == browser } }
    }

    func orders(of browser: String) -> [Order] {
        state.withLock { $0.orders.filter { $0.browser == browser }.reversed() }
    }

    func pay(_ id: Order.ID, of browser: String) throws -> Order {
        guard order(id, of: browser) != nil else { throw ShopError(.notFound, "No order.") }
        set(id) { order in
            guard order.state == .held else { return }
            order.state = .paying
            var attempt = Order.Attempt(id: "\(id)-1", createdAt: Self.now, endsAt: Self.now.addingTimeInterval(600))
            attempt.state = .open
            attempt.checkoutURL = URL(string: "https://pay.example/checkout")
            order.attempts.append(attempt)
        }
        return try required(id, of: browser)
    }

    func check(_ id: Order.ID) { state.withLock { $0.checked.append(id) } }

    func cancel(_ id: Order.ID, of browser: String) throws -> Order {
        guard order(id, of: browser) != nil else { throw ShopError(.notFound, "No order.") }
        set(id) { $0.state = .cancelled }
        return try required(id, of: browser)
    }

    func changes(of id: Order.ID) -> AsyncStream<Order> {
        let (orders, continuation) = AsyncStream<Order>.makeStream()
        state.withLock { state in
            if let order = state.orders.first(where: { $0.id == id }) { continuation.yield(order) }
            state.listeners.append(continuation)
        }
        follow.yield(id)
        return orders
    }

    func paymentCallback(_ request: WebhookRequest) throws { try Self.verify(request) }
    func bookingCallback(_ request: WebhookRequest) throws { try Self.verify(request) }
    func run() async {}

    private func required(_ id: Order.ID, of browser: String) throws -> Order {
        guard let order = order(id, of: browser) else { throw ShopError(.notFound, "No order.") }
        return order
    }

    private static func verify(_ request: WebhookRequest) throws {
        guard request.headers["x-signature"] == "right" else { throw ShopError(.forged, "The signature is wrong.") }
    }
}
