import Foundation
import ShopCore

extension FakeShop {
    static let programme: [Showtime] = [
        ("The Lighthouse Keeper’s Daughter", "Drama, 118 min, P12", "Hall 1", [2.0, 5.5, 27], 1850),
        ("Kopi O Kosong", "Comedy, 96 min, U", "Hall 3", [1.0, 4.0], 1600),
        ("Langkawi Express", "Thriller, 131 min, 16", "Hall 2", [3.0, 26.0, 29.5], 2200),
        ("A Small Orchestra", "Documentary, 88 min, U", "Hall 3", [6.0], 1400),
    ].flatMap { film, details, hall, hours, sen in
        hours.map { hour in
            Showtime(
                id: "show-\(sen)-\(Int(hour * 10))",
                film: film,
                details: details,
                cinema: "Panggung Bangsar",
                hall: hall,
                startsAt: now.addingTimeInterval(hour * 3600),
                price: Amount(sen: sen)
            )
        }
    }

    static func order(
        _ id: String,
        _ showtime: Showtime,
        seats: [String],
        email: String,
        browser: String,
        sessionKey: String
    ) -> Order {
        Order(
            id: id,
            browser: browser,
            showtime: showtime,
            seats: seats,
            amount: showtime.price * seats.count,
            email: email,
            createdAt: now,
            sessionKey: sessionKey,
            bookingKey: nil,
            heldUntil: now.addingTimeInterval(900)
        )
    }
}
