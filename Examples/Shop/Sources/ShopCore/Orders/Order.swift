import Foundation

/// A buyer's order: stored before anything is asked of a provider, and changed only through ``ShopStore``.
public struct Order: Sendable, Codable, Equatable, Identifiable {
    /// Where an order stands.
    public enum State: String, Sendable, Codable {
        /// The seats are held at the cinema until ``Order/heldUntil``; nothing is paid.
        case held
        /// A payment attempt exists; what became of it is looked up at the payment provider.
        case paying
        /// The payment provider's signed answer says that it is paid; the cinema has not confirmed yet.
        case paid
        /// The cinema confirmed; the ticket is there.
        case booked
        /// Paid, but the cinema can't issue the ticket: the refund has to be made, or is under way.
        case refunding
        /// The money went back.
        case refunded
        /// The seats' time ended before a payment.
        case expired
        /// The buyer cancelled before a payment.
        case cancelled

        /// Whether nothing more happens to the order by itself.
        public var isFinal: Bool { [.booked, .refunded, .expired, .cancelled].contains(self) }
    }

    /// Unguessable, 20 characters, so that an attempt's id (`<id>-<n>`) has at most 24.
    public let id: String
    /// The browser that made the order; only it sees the order.
    public let browser: String
    /// Grows by one with each change; a store replaces only the version before.
    public var version: Int
    /// Where the order stands.
    public var state: State
    /// The showtime.
    public let showtime: Showtime
    /// The seats' names, such as `C7`.
    public let seats: [String]
    /// What is to be paid.
    public let amount: Amount
    /// The buyer's address for the ticket.
    public let email: String
    /// When the order was made.
    public let createdAt: Date
    /// WeTix's key of the booking session, in which the seats are reserved.
    public let sessionKey: String
    /// WeTix's key of its order, once it is made.
    public var bookingKey: String?
    /// Until when the cinema holds the seats.
    public var heldUntil: Date
    /// The attempts to pay; only the last one may be alive.
    public var attempts: [Attempt]
    /// What the ticket's QR code says, once the cinema confirmed.
    public var ticket: String?
    /// A sentence for the buyer on what went wrong, if something did.
    public var notice: String?
    /// Points that the rewards program credited; `nil` while none are.
    public var points: Int?
    /// Which process works on the order, and until when nobody else may.
    public var claim: Claim?
    /// When the timer looks at the order again; `Date.distantFuture` once nothing is left to do.
    public var dueAt: Date
    /// Whether somebody asked for a look at the payment provider since the last one began.
    public internal(set) var wantsLookup = false
    /// When the last step began.
    public internal(set) var steppedAt: Date?
    /// When the payment was found.
    public internal(set) var paidAt: Date?
    /// Whether the cinema may be asked to confirm: it has not been asked, or it said that it has not confirmed.
    public internal(set) var mayConfirm = false
    /// What the cinema answered when it refused to confirm.
    public internal(set) var bookingRefusal: String?
    /// Whether the seats have to be released at the cinema.
    public internal(set) var holdsSeats = false
    /// How often the step at hand failed in a row.
    public internal(set) var failures = 0
    /// Whether the staff has been told that the order takes too long.
    public internal(set) var isOverdue = false
    /// How often the points were requested.
    public internal(set) var pointsRequests = 0

    /// Creates an order whose seats are held.
    public init(
        id: String,
        browser: String,
        showtime: Showtime,
        seats: [String],
        amount: Amount,
        email: String,
        createdAt: Date,
        sessionKey: String,
        bookingKey: String?,
        heldUntil: Date
    ) {
        self.id = id
        self.browser = browser
        version = 1
        state = .held
        self.showtime = showtime
        self.seats = seats
        self.amount = amount
        self.email = email
        self.createdAt = createdAt
        self.sessionKey = sessionKey
        self.bookingKey = bookingKey
        self.heldUntil = heldUntil
        attempts = []
        dueAt = heldUntil
    }

    /// A process's claim to the work on an order.
    public struct Claim: Sendable, Codable, Equatable {
        /// The process's random name.
        public let owner: String
        /// When another process may take over.
        public let until: Date

        /// Creates a claim.
        public init(owner: String, until: Date) {
            self.owner = owner
            self.until = until
        }
    }
}
