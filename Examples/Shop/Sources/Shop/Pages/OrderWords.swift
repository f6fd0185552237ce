import ShopCore

/// What the order's page says about where the order stands.
struct OrderWords {
    let title: String
    let text: String
    /// A word for lists.
    let state: String
    /// The state's color: `calm`, `wait`, `good`, or `bad`.
    let tone: String

    init(_ order: Order) {
        switch order.state {
        case .held:
            (state, tone, title) = ("Seats held", "calm", "Your seats are held")
            text = "Pay before the time is over, and they are yours. Until then nobody else can take them."
        case .paying:
            (state, tone, title) = ("Checking payment", "wait", "We are checking your payment")
            text =
                "You may close this page; your order goes on. We ask the payment provider ourselves, so nothing is paid twice."
        case .paid:
            (state, tone, title) = ("Paid", "wait", "Paid. We are getting your ticket")
            text = "The cinema is issuing it now. You may close this page; your order goes on."
        case .booked:
            (state, tone, title) = ("Booked", "good", "Enjoy the film")
            text = "Show this code at the entrance. It stays here, and \(order.email) is on the booking."
        case .refunding:
            (state, tone, title) = ("Refund under way", "bad", "Your money is on its way back")
            text =
                "You paid \(order.amount), but the cinema could not issue the ticket. "
                + "We refund the full amount to what you paid with. You need not do anything."
        case .refunded:
            (state, tone, title) = ("Refunded", "calm", "Refunded")
            text =
                "The cinema could not issue the ticket, and the full \(order.amount) went back to what you paid with. "
                + "Your bank may take some days to show it."
        case .expired:
            (state, tone, title) = ("Time over", "calm", "The time to pay is over")
            text = Self.freed(order)
        case .cancelled:
            (state, tone, title) = ("Cancelled", "calm", "Order cancelled")
            text = Self.freed(order)
        }
    }

    /// A payment of another amount is looked at by the staff.
    private static func freed(_ order: Order) -> String {
        let isCharged = order.attempts.contains { $0.failure == .mismatch }
        return isCharged ? "The seats are free again." : "The seats are free again, and nothing was charged."
    }
}
