/// What the buyer reads about an order that took another way than usual.
enum OrderNotice {
    static let expired = "The time to pay for these seats is over. No money was taken."
    static let paymentEnded = "The payment was not completed. You can try again while your seats are held."
    static let paymentRefused = "The payment page could not be opened. Please try again, or ask our staff."
    static let notConnected = "Payments are not available: the payment account is not connected."
    static let mismatch =
        "A payment arrived that is not the amount of this order. Our staff has been told and will contact you."
    static let returned = "The payment was returned to you before it reached us."
    static let unbookable = "The cinema could not issue your ticket. Your money is on its way back."
    static let tooLate = "Your payment arrived after your seats were free again. Your money is on its way back."
    static let paidTwice = "You paid twice. The second payment is on its way back."
    static let secondReturned = "You paid twice. The second payment went back."
    static let refundDelayed = "Your refund takes longer than usual. Our staff has been told."
    static let refunded = "Your money went back."
}
