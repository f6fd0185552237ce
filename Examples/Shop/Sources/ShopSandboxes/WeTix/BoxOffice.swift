import Foundation
import Synchronization

/// The seats, sessions, and orders of all cinemas, in memory.
final class BoxOffice: Sendable {
    struct State {
        var sessions: [String: BookingSession] = [:]
        var bookings: [String: Booking] = [:]
        /// The sessions that hold seats, by showtime and label.
        var holders: [String: [String: String]] = [:]
        var failsBookings = false
    }

    let state = Mutex(State())
    let programme = Programme()
    let holdLifetime: Duration
    let bookingDelay: Duration

    /// Creates a box office.
    ///
    /// - Parameters:
    ///   - holdLifetime: how long reserved seats are held.
    ///   - bookingDelay: how long the cinema takes to issue the tickets of a confirmed order.
    init(holdLifetime: Duration, bookingDelay: Duration) {
        self.holdLifetime = holdLifetime
        self.bookingDelay = bookingDelay
    }

    /// Whether cinemas can't issue tickets for confirmed orders.
    var failsBookings: Bool {
        get { state.withLock { $0.failsBookings } }
        set { state.withLock { $0.failsBookings = newValue } }
    }

    func session(_ key: String) throws(GraphQLFailure) -> BookingSession {
        guard let session = state.withLock({ $0.sessions[key] }) else {
            throw GraphQLFailure("order session not found", code: .sessionNotFound)
        }
        return session
    }

    func booking(_ key: String, at date: Date) throws(GraphQLFailure) -> Booking {
        guard let booking = state.withLock({ $0.settle(key, at: date) }) else {
            throw GraphQLFailure("order not found", code: .orderNotFound)
        }
        return booking
    }

    /// The status of each seat of a showtime, by label.
    func statuses(of screening: Screening, at date: Date) -> [String: String] {
        let holders = state.withLock { state in
            (state.holders[screening.key] ?? [:]).compactMapValues { state.holding($0, at: date) }
        }
        return Dictionary(
            uniqueKeysWithValues: Self.labels.map { label in
                (label, holders[label] ?? screening.initialStatus(of: label))
            }
        )
    }

    /// The labels of a hall's seats, row by row.
    static let labels = Hall.rows.flatMap { row in Hall.columns.map { label(row, $0) } }

    static func label(_ row: String, _ column: Int) -> String { row + String(format: "%02d", column) }
}

extension BoxOffice.State {
    /// The status of a seat that a session holds; `nil` if it holds none any more.
    func holding(_ sessionKey: String, at date: Date) -> String? {
        guard let session = sessions[sessionKey] else { return nil }
        if let booking = session.orderKey.flatMap({ bookings[$0] }) {
            return switch booking.status {
            case .pending: booking.expiresAt > date ? "RESERVED" : nil
            case .paid, .completed: "SOLD"
            case .cancelled, .failed: nil
            }
        }
        guard session.status == .reserved, let end = session.expiresAt, end > date else { return nil }
        return "RESERVED"
    }

    /// Whether a session may have a seat.
    func isFree(_ label: String, _ screening: Screening, for sessionKey: String, at date: Date) -> Bool {
        guard screening.initialStatus(of: label) == "AVAILABLE" else { return false }
        guard let holder = holders[screening.key]?[label], holder != sessionKey else { return true }
        return holding(holder, at: date) == nil
    }

    /// An order as it stands; the cinema has answered once the order's time has come.
    mutating func settle(_ key: String, at date: Date) -> Booking? {
        guard var booking = bookings[key] else { return nil }
        guard booking.status == .paid, let end = booking.settlesAt, end <= date else { return booking }
        booking.status = failsBookings ? .failed : .completed
        booking.qrCode = failsBookings ? nil : RandomText.bits(46)
        booking.updatedAt = date
        bookings[key] = booking
        return booking
    }
}
