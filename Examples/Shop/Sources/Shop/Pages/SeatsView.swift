import Foundation
import ShopCore

/// The seats of a showtime, as a form.
struct SeatsView {
    struct Row {
        let name: String
        let seats: [Seat]
    }

    struct Seat {
        let id: String
        let name: String
        let number: Int
        let isFree: Bool
        let isChosen: Bool
        let hasAisleAfter: Bool
    }

    /// The most seats of one order.
    static let limit = 8

    let showtime: ShowtimeView
    let sessionKey: String
    let rows: [Row]
    let price: String
    let sen: Int
    let limit = Self.limit
    let isFull: Bool
    let email: String
    let alert: String?
    let backPath = "/"

    /// Creates the form.
    ///
    /// - Parameters:
    ///   - plan: the seats.
    ///   - now: what day it is.
    ///   - email: what was typed before.
    ///   - chosen: the names of seats that were chosen before.
    ///   - alert: why the form is shown again.
    init(_ plan: SeatPlan, at now: Date, email: String = "", chosen: Set<String> = [], alert: String? = nil) {
        showtime = ShowtimeView(plan.showtime, at: now)
        sessionKey = plan.sessionKey
        price = plan.showtime.price.description
        sen = plan.showtime.price.sen
        isFull = plan.seats.allSatisfy { !$0.isFree }
        self.email = email
        self.alert = alert
        rows = plan.seats.grouped(by: \.row).map { name, seats in
            let seats = seats.sorted { $0.number < $1.number }
            return Row(
                name: name,
                seats: seats.enumerated().map { index, seat in
                    Seat(
                        id: seat.id,
                        name: seat.name,
                        number: seat.number,
                        isFree: seat.isFree,
                        isChosen: seat.isFree && chosen.contains(seat.name),
                        hasAisleAfter: seats.count >= 8 && index == seats.count / 2 - 1
                    )
                }
            )
        }
    }
}

/// A showtime as a line of text.
struct ShowtimeView {
    let id: String
    let film: String
    let details: String
    let place: String
    let when: String
    let machine: String
    let poster: String

    init(_ showtime: Showtime, at now: Date) {
        let dates = ShowDates(now: now)
        id = showtime.id
        film = showtime.film
        details = showtime.details
        place = "\(showtime.cinema), \(showtime.hall)"
        when = dates.dayAndTime(showtime.startsAt)
        machine = dates.machine(showtime.startsAt)
        poster = Poster(showtime.film).svg
    }
}
