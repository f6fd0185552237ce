import Foundation
import ShopCore

extension Order {
    static func sample(
        _ id: String = "order-of-the-test",
        browser: String = "browser",
        state: State = .held,
        createdAt: Date = .start,
        dueAt: Date = .start
    ) -> Order {
        var order = Order(
            id: id,
            browser: browser,
            showtime: .sample,
            seats: ["C7", "C8"],
            amount: Amount(sen: 3700),
            email: "buyer@example.com",
            createdAt: createdAt,
            sessionKey: "session-key",
            bookingKey: "booking-key",
            heldUntil: .start + 900
        )
        order.state = state
        order.dueAt = dueAt
        return order
    }
}

extension Showtime {
    static let sample = Showtime(
        id: "showtime",
        film: "Die Straße — 映画 “2”",
        details: "Drama, 104 min",
        cinema: "Panggung",
        hall: "1",
        startsAt: .start + 7200,
        price: Amount(sen: 1850)
    )
}

extension Date {
    /// With a fraction that has no end in binary.
    static let start = Date(timeIntervalSince1970: 1_800_000_000.1)
}
