import ShopCore

/// One of the three steps of an order.
struct OrderStep {
    private enum Progress: String {
        case done, current, ahead, failed
    }

    let label: String
    let note: String
    /// `done`, `current`, `ahead`, or `failed`.
    let progress: String
    let isCurrent: Bool
    let isDone: Bool
    let isFailed: Bool

    private init(_ label: String, _ progress: Progress, _ note: String) {
        (self.label, self.note, self.progress) = (label, note, progress.rawValue)
        (isCurrent, isDone, isFailed) = (progress == .current, progress == .done, progress == .failed)
    }

    static func steps(of order: Order) -> [Self] {
        switch order.state {
        case .held: [seats(.done, "Held"), payment(.current, "To do"), ticket(.ahead, "Next")]
        case .paying: [seats(.done, "Held"), payment(.current, "Checking"), ticket(.ahead, "Next")]
        case .paid: [seats(.done, "Held"), payment(.done, "Received"), ticket(.current, "Being issued")]
        case .booked: [seats(.done, "Yours"), payment(.done, "Received"), ticket(.done, "Ready")]
        case .refunding:
            [seats(.failed, "Not available"), payment(.done, "Received"), Self("Refund", .current, "Under way")]
        case .refunded: [seats(.failed, "Not available"), payment(.done, "Received"), Self("Refund", .done, "Made")]
        case .expired: [seats(.failed, "Time over"), payment(.ahead, "Nothing charged"), ticket(.ahead, "None")]
        case .cancelled: [seats(.failed, "Released"), payment(.ahead, "Nothing charged"), ticket(.ahead, "None")]
        }
    }

    private static func seats(_ progress: Progress, _ note: String) -> Self { Self("Seats", progress, note) }
    private static func payment(_ progress: Progress, _ note: String) -> Self { Self("Payment", progress, note) }
    private static func ticket(_ progress: Progress, _ note: String) -> Self { Self("Ticket", progress, note) }
}
