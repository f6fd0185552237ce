/// Where an order stands, as its page says.
struct OrderState {
    /// The headline.
    let title: String
    /// Whether nothing is being paid.
    let isHeld: Bool
    /// Whether a button leads to the payment page.
    let canPay: Bool
    /// Whether the order has come to its end.
    let isDone: Bool
    /// Whether the ticket is there.
    let isBooked: Bool

    init(_ fragment: String) {
        let heading = fragment.split(separator: "<h1>").dropFirst().first?.prefix { $0 != "<" } ?? ""
        title = Markup.unescaped(heading)
        isHeld = title == "Your seats are held"
        isBooked = title == "Enjoy the film"
        isDone = isBooked || ["Refunded", "The time to pay is over", "Order cancelled"].contains(title)
        canPay = fragment.contains("id=\"pay\"")
    }
}
