import Foundation
import ShopCore
import ShopSandboxes

/// Compares what was paid with what the shop's store says, after the shop has ended.
struct MoneyAudit {
    /// Orders with more than one payment that went through.
    private(set) var paidTwice: [String] = []
    /// Tickets without exactly one payment of the order's amount.
    private(set) var unpaidTickets: [String] = []
    /// Payments whose order neither has a ticket nor goes on.
    private(set) var lostPayments: [String] = []
    /// How many orders are in each state.
    private(set) var states: [String: Int] = [:]

    init(orders: Set<String>, in store: any ShopStore, _ payments: [SandboxPayment]) async throws {
        // An attempt's id is its order's, a hyphen, and a number.
        let paid = Dictionary(grouping: payments.filter { ["SUCCESS", "FULL_REFUNDED"].contains($0.status) }) {
            payment in
            payment.orderID.split(separator: "-").dropLast().joined(separator: "-")
        }
        paidTwice = paid.filter { $0.value.count > 1 }.keys.sorted()
        for id in orders.union(paid.keys) {
            guard let order = try await store.order(id) else {
                if paid[id] != nil { lostPayments.append(id) }
                continue
            }
            states[order.state.rawValue, default: 0] += 1
            let kept = (paid[id] ?? []).filter { $0.status == "SUCCESS" }
            switch order.state {
            case .booked: if kept.map(\.amount) != [order.amount.sen] { unpaidTickets.append(id) }
            case .expired, .cancelled, .refunded: if !kept.isEmpty { lostPayments.append(id) }
            case .held, .paying, .paid, .refunding: break
            }
        }
    }
}
