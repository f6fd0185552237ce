import Foundation

extension WeTixCinema {
    /// A booking session: the seats of a showtime, and the tickets that can be bought for them.
    struct Booking: Sendable {
        let key: String
        let seats: [SeatPlan.Seat]
        let ticket: Ticket?
    }

    /// Seats that are held.
    struct Hold: Sendable {
        let showtime: String?
        /// The seats' names on a ticket.
        let seats: [String]
        let ticket: Ticket?
        /// How long, in seconds; `nil` where the cinema states none.
        let seconds: TimeInterval?
    }

    /// A kind of ticket for one seat.
    struct Ticket: Sendable {
        let key: String
        let price: Amount
    }

    private struct Showtime: Encodable { let showtimeKey: String }

    private struct SessionKey: Encodable { let sessionKey: String }

    private struct Seats: Encodable {
        let sessionKey: String
        let seats: [String]
    }

    private static let tickets = "tickets { key name purchaseAmount bookingAmount seatsAllocation hasBundle }"

    private static let create = """
        mutation CreateMovieOrderSession($input: CreateMovieOrderSessionInput!) {
          createMovieOrderSession(input: $input) {
            session {
              key
              seatLayout {
                twoDimensionView { label seats { key label allocation x status } }
              }
              \(tickets)
            }
          }
        }
        """

    private static let reserve = """
        mutation ReserveSeats($input: ReserveSeatsInput!) {
          reserveSeats(input: $input) {
            session { showtime { key } selectedSeats { key label } \(tickets) hasExpiry expiresIn status }
          }
        }
        """

    private static let release = """
        mutation ReleaseSeats($input: ReleaseSeatsInput!) {
          releaseSeats(input: $input) { session { key status } }
        }
        """

    /// Begins a booking session.
    func begin(_ showtime: String) async throws(ProviderFailure) -> Booking {
        let answer = try await mutate(Created.self, Self.create, Showtime(showtimeKey: showtime))
        let session = answer.createMovieOrderSession.session
        return Booking(key: session.key, seats: session.seatLayout.seats, ticket: session.tickets?.standard)
    }

    /// Reserves seats in a session.
    func reserve(_ seats: [String], in session: String) async throws(ProviderFailure) -> Hold {
        let answer = try await mutate(Reserved.self, Self.reserve, Seats(sessionKey: session, seats: seats))
        let session = answer.reserveSeats.session
        return Hold(
            showtime: session.showtime?.key,
            seats: (session.selectedSeats ?? []).map { SeatName.text(of: $0.label) },
            ticket: session.tickets?.standard,
            seconds: session.hasExpiry == false ? nil : session.expiresIn
        )
    }

    /// Frees the seats of a session.
    func release(_ session: String) async throws(ProviderFailure) {
        _ = try await mutate(Released.self, Self.release, SessionKey(sessionKey: session))
    }
}

private struct Created: Decodable {
    struct Session: Decodable {
        let key: String
        let seatLayout: SeatLayout
        let tickets: [MovieTicket]?
    }

    struct Payload: Decodable { let session: Session }

    let createMovieOrderSession: Payload
}

private struct Reserved: Decodable {
    struct Showtime: Decodable { let key: String }

    struct Seat: Decodable { let label: String }

    struct Session: Decodable {
        let showtime: Showtime?
        let selectedSeats: [Seat]?
        let tickets: [MovieTicket]?
        let hasExpiry: Bool?
        let expiresIn: TimeInterval?
    }

    struct Payload: Decodable { let session: Session }

    let reserveSeats: Payload
}

private struct Released: Decodable {
    struct Session: Decodable { let status: String? }

    struct Payload: Decodable { let session: Session }

    let releaseSeats: Payload
}

/// A ticket; its amounts are doubles in ringgit.
private struct MovieTicket: Decodable {
    let key: String
    let purchaseAmount: Double
    let bookingAmount: Double?
    let seatsAllocation: Int?
    let hasBundle: Bool?
}

extension [MovieTicket] {
    /// The first ticket for one seat and without food.
    fileprivate var standard: WeTixCinema.Ticket? {
        let ticket = first { ($0.seatsAllocation ?? 1) == 1 && $0.hasBundle != true }
        return ticket.map {
            WeTixCinema.Ticket(key: $0.key, price: Amount(ringgit: $0.purchaseAmount + ($0.bookingAmount ?? 0)))
        }
    }
}

/// The hall from above; `null` is an aisle.
private struct SeatLayout: Decodable {
    struct Row: Decodable {
        let label: String
        let seats: [Seat?]
    }

    struct Seat: Decodable {
        let key: String
        let label: String
        let allocation: Int?
        let x: Int?
        let status: String
    }

    let twoDimensionView: [Row]

    /// Seats that are only sold together are shown as taken: this shop sells single ones.
    var seats: [SeatPlan.Seat] {
        twoDimensionView.flatMap { row in
            row.seats.compactMap(\.self).map { seat in
                SeatPlan.Seat(
                    id: seat.key,
                    row: row.label,
                    number: SeatName.number(in: seat.label) ?? seat.x ?? 0,
                    isFree: seat.status == "AVAILABLE" && (seat.allocation ?? 1) == 1
                )
            }
        }
    }
}

/// A seat's label, such as `A08` for the seat that people call A8.
enum SeatName {
    static func number(in label: String) -> Int? { Int(label.drop { !$0.isNumber }) }

    static func text(of label: String) -> String {
        number(in: label).map { label.prefix { !$0.isNumber } + String($0) } ?? label
    }
}

extension Amount {
    /// An amount that WeTix's GraphQL states as a double in ringgit; its webhooks state sen.
    init(ringgit: Double) { self.init(sen: Int((min(max(ringgit, -1e9), 1e9) * 100).rounded())) }
}
