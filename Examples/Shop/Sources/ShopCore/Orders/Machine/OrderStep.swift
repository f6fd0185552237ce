/// A call to a provider that an order needs next.
public enum OrderStep: Sendable, Hashable {
    /// Open a payment page for an attempt.
    case requestCheckout(Order.Attempt.ID)
    /// Look up what became of an attempt.
    case lookUpPayment(Order.Attempt.ID)
    /// Ask the cinema to confirm.
    case confirmBooking
    /// Look up what became of the booking.
    case lookUpBooking
    /// Send an attempt's money back.
    case requestRefund(Order.Attempt.ID)
    /// Look up whether an attempt's money went back.
    case lookUpRefund(Order.Attempt.ID)
    /// Free the seats at the cinema.
    case releaseSeats
    /// Credit the buyer's points.
    case creditPoints
}
