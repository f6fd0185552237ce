import Foundation
import ShopCore

/// The form of the seat map.
struct OrderForm: Sendable {
    let showtime: Showtime.ID
    let sessionKey: String
    let email: String
    let seats: [SeatPlan.Seat.ID]
    /// The names of the seats, which stay the same in the next booking session.
    let seatNames: Set<String>

    /// Each seat's value is its name and its key: `C7 8f2a…`.
    init(_ form: Form) {
        showtime = form["showtime"]
        sessionKey = form["session"]
        email = form["email"]
        let pairs = form.all("seat").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
        seats = pairs.compactMap { $0.count == 2 ? $0[1] : nil }
        seatNames = Set(pairs.compactMap(\.first))
    }

    /// - Throws: a ``ShopError`` that says what is missing.
    func check() throws {
        if seats.isEmpty { throw ShopError(.invalid, "Choose at least one seat.") }
        if seats.count > SeatsView.limit || Set(seats).count != seats.count {
            throw ShopError(.invalid, "Choose at most \(SeatsView.limit) seats.")
        }
        let halves = email.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress =
            halves.count == 2 && halves.allSatisfy { !$0.isEmpty } && email.utf8.count <= 254
            && !email.unicodeScalars.contains { $0.properties.isWhitespace || $0.value < 32 }
        if !isAddress { throw ShopError(.invalid, "Enter an email address, such as name@example.com.") }
    }
}
