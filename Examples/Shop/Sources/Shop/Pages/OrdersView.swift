import Foundation
import ShopCore

/// A browser's orders as a list.
struct OrdersView {
    struct Line {
        let path: String
        let showtime: ShowtimeView
        let seats: String
        let amount: String
        let words: OrderWords
    }

    let lines: [Line]
    let isEmpty: Bool

    init(_ orders: [Order], at now: Date) {
        isEmpty = orders.isEmpty
        lines = orders.map { order in
            Line(
                path: "/orders/\(order.id.pathComponent)",
                showtime: ShowtimeView(order.showtime, at: now),
                seats: order.seats.joined(separator: ", "),
                amount: order.amount.description,
                words: OrderWords(order)
            )
        }
    }
}
