import Foundation

/// A booking session: one buyer's choice of seats.
struct BookingSession: Sendable {
    /// The documented states.
    enum Status: String, Sendable {
        case pending = "PENDING"
        case reserved = "RESERVED"
        case closed = "CLOSED"
        case cancelled = "CANCELLED"
    }

    let key: String
    let screening: Screening
    let createdAt: Date
    var updatedAt: Date
    var status = Status.pending
    /// The labels of the chosen seats.
    var seats: [String] = []
    /// When the reservation ends.
    var expiresAt: Date?
    /// The order that was made of it.
    var orderKey: String?
}

/// An order at the cinema.
struct Booking: Sendable {
    /// The documented states that the sandbox plays.
    enum Status: String, Sendable {
        case pending = "PENDING"
        case paid = "PAID"
        case completed = "COMPLETED"
        case cancelled = "CANCELLED"
        case failed = "FAILED"
    }

    let key: String
    let sessionKey: String
    let referenceID: String
    let screening: Screening
    let seats: [String]
    let bookingID: String
    let transactionID: String
    let notifyURL: URL?
    let expiresAt: Date
    let createdAt: Date
    var updatedAt: Date
    var status = Status.pending
    var paidAt: Date?
    /// When the cinema has issued the tickets, or failed to.
    var settlesAt: Date?
    var qrCode: String?

    /// The fees in sen.
    var fees: Int { screening.hall.fee * seats.count }
    /// The total in sen, fees included.
    var total: Int { screening.hall.price * seats.count }
}
