public import Foundation

/// What the web server asks of the shop.
///
/// Every step that costs money or seats is stored first and runs to its end, whether the browser stays or not.
public protocol ShopService: Sendable {
    /// What can be bought.
    func showtimes() async throws -> [Showtime]

    /// The seats of a showtime, in a new booking session.
    func seatPlan(of showtime: Showtime.ID) async throws -> SeatPlan

    /// Reserves seats and stores an order for them.
    ///
    /// - Parameters:
    ///   - seats: the seats' keys, one to eight.
    ///   - sessionKey: the key of the plan's booking session.
    ///   - showtime: the showtime.
    ///   - email: the buyer's address.
    ///   - browser: the browser's name; only it sees the order.
    /// - Returns: the order, whose seats are held.
    /// - Throws: ``ShopError`` with a text for the buyer.
    func order(
        seats: [SeatPlan.Seat.ID],
        in sessionKey: String,
        of showtime: Showtime.ID,
        email: String,
        browser: String
    ) async throws -> Order

    /// A browser's order; `nil` if there is none or it is another browser's.
    func order(_ id: Order.ID, of browser: String) async throws -> Order?

    /// A browser's orders, newest first.
    func orders(of browser: String) async throws -> [Order]

    /// Starts a payment, or returns to the one that is alive; a second call makes no second payment.
    ///
    /// - Returns: the order; the last attempt's ``Order/Attempt/checkoutURL`` is where the browser goes next, if it is known yet.
    func pay(_ id: Order.ID, of browser: String) async throws -> Order

    /// Looks an order up at the providers, soon; callbacks, webhooks, and the redirect call it, and trust nothing else.
    func check(_ id: Order.ID) async

    /// Frees the seats of an order that is not being paid.
    func cancel(_ id: Order.ID, of browser: String) async throws -> Order

    /// The order whenever it changes, beginning with what it is now; for one page that is open.
    func changes(of id: Order.ID) -> AsyncStream<Order>

    /// A call to `/webhooks/revenue-monster`, verified here.
    func paymentCallback(_ request: WebhookRequest) async throws

    /// A call to `/webhooks/wetix`, verified here.
    func bookingCallback(_ request: WebhookRequest) async throws

    /// Follows orders by a timer until its task is cancelled, then ends the work at hand.
    func run() async
}

/// A provider's call to the shop.
public struct WebhookRequest: Sendable {
    /// The header fields, with lowercase names.
    public let headers: [String: String]
    /// The body's bytes.
    public let body: Data

    /// Creates a request.
    public init(headers: [String: String], body: Data) {
        self.headers = headers
        self.body = body
    }
}

/// What keeps the shop from doing what it was asked.
public struct ShopError: Error, Sendable, Equatable {
    /// What kind of failure.
    public enum Kind: Sendable {
        /// Nothing by that name, or another browser's.
        case notFound
        /// The seats are taken, or their time is over.
        case seatsGone
        /// The input is not as it has to be.
        case invalid
        /// A provider can't be reached; later may help.
        case unavailable
        /// The merchant has to connect an account first.
        case notConnected
        /// A webhook's signature or time is wrong.
        case forged
    }

    /// What kind of failure.
    public let kind: Kind
    /// A sentence for the person in front of the page.
    public let message: String

    /// Creates an error.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
