public import Foundation

/// What a provider's answer to an ``OrderStep`` says.
public enum OrderFact: Sendable, Equatable {
    /// The payment page is open.
    case checkoutOpened(id: String, url: URL)
    /// The payment provider has used the attempt's id already: an earlier request arrived.
    case checkoutExists
    /// What the payment provider knows of an attempt.
    case payment(PaymentStanding)
    /// What the cinema knows of the booking.
    case booking(BookingStanding)
    /// The payment provider took the refund.
    case refundStarted
    /// The cinema freed the seats.
    case seatsReleased
    /// The rewards program credited points.
    case credited(Int)
    /// The call failed.
    case failed(ProviderFailure)
}

/// What the payment provider knows of an attempt.
public enum PaymentStanding: Sendable, Equatable {
    /// Nothing: nobody began to pay, or the request never arrived.
    case missing
    /// The page is open, or a payment is under way.
    case open
    /// It failed, was cancelled, or expired.
    case over
    /// The signed answer says that it was paid.
    case paid(Payment)
    /// The money went back.
    case returned
}

/// A payment as the payment provider states it.
public struct Payment: Sendable, Equatable {
    /// The payment provider's id of the transaction.
    public var transaction: String
    /// The order id it was made for.
    public var orderID: String
    /// The amount in sen.
    public var amount: Int
    /// The currencies that the answer names; one that differs makes the payment another one.
    public var currencies: Set<String>

    /// Creates a payment.
    public init(transaction: String, orderID: String, amount: Int, currencies: Set<String>) {
        self.transaction = transaction
        self.orderID = orderID
        self.amount = amount
        self.currencies = currencies
    }

    /// Whether the payment is that of an attempt to pay an amount.
    func isFor(_ attempt: Order.Attempt.ID, _ amount: Amount) -> Bool {
        orderID == attempt && self.amount == amount.sen && currencies == [Amount.currency]
    }
}

/// What the cinema knows of a booking.
public enum BookingStanding: Sendable, Equatable {
    /// It has not been confirmed.
    case unconfirmed
    /// It has been confirmed, and the ticket is not there yet.
    case confirmed
    /// The ticket is there.
    case ticket(String)
    /// It can't be had any more, with WeTix's word for it.
    case failed(String)
}
