import Foundation

/// A screening of a film that seats can be bought for.
public struct Showtime: Sendable, Hashable, Codable, Identifiable {
    /// WeTix's key of the showtime.
    public let id: String
    /// The film's title.
    public let film: String
    /// A short line on the film, such as its genre and length.
    public let details: String
    /// The cinema's name.
    public let cinema: String
    /// The hall's name.
    public let hall: String
    /// When the film starts.
    public let startsAt: Date
    /// The price of one seat.
    public let price: Amount

    /// Creates a showtime.
    public init(id: String, film: String, details: String, cinema: String, hall: String, startsAt: Date, price: Amount)
    {
        self.id = id
        self.film = film
        self.details = details
        self.cinema = cinema
        self.hall = hall
        self.startsAt = startsAt
        self.price = price
    }
}

/// The seats of a showtime, in a booking session at WeTix.
public struct SeatPlan: Sendable {
    /// A seat.
    public struct Seat: Sendable, Hashable, Identifiable {
        /// WeTix's key of the seat.
        public let id: String
        /// The row, such as `C`.
        public let row: String
        /// The number within the row.
        public let number: Int
        /// Whether the seat can be reserved.
        public let isFree: Bool

        /// The seat's name on a ticket, such as `C7`.
        public var name: String { row + String(number) }

        /// Creates a seat.
        public init(id: String, row: String, number: Int, isFree: Bool) {
            self.id = id
            self.row = row
            self.number = number
            self.isFree = isFree
        }
    }

    /// WeTix's key of the booking session (`createMovieOrderSession`).
    public let sessionKey: String
    /// WeTix's key of the kind of ticket that is sold.
    public let ticketKey: String
    /// The showtime.
    public let showtime: Showtime
    /// All seats, row by row.
    public let seats: [Seat]

    /// Creates a plan.
    public init(sessionKey: String, ticketKey: String, showtime: Showtime, seats: [Seat]) {
        self.sessionKey = sessionKey
        self.ticketKey = ticketKey
        self.showtime = showtime
        self.seats = seats
    }
}
