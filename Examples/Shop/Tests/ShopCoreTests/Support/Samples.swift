import Foundation
import ShopCore

/// What the tests of this target sell.
enum Samples {
    static let now = Date(timeIntervalSince1970: 1_767_225_600)

    static let showtime = Showtime(
        id: "showtime-1",
        film: "Hujan <Pertama> & Terakhir",
        details: "Drama",
        cinema: "Panggung Lido",
        hall: "Hall 2",
        startsAt: now.addingTimeInterval(7200),
        price: Amount(sen: 1850)
    )

    /// An order of two seats that are held for 15 minutes.
    static func order(_ id: String = "abcdefghij0123456789", heldFor seconds: TimeInterval = 900) -> Order {
        Order(
            id: id,
            browser: "browser",
            showtime: showtime,
            seats: ["C7", "C8"],
            amount: Amount(sen: 3700),
            email: "buyer@example.com",
            createdAt: now,
            sessionKey: "session-1",
            bookingKey: "booking-1",
            heldUntil: now.addingTimeInterval(seconds)
        )
    }
}
