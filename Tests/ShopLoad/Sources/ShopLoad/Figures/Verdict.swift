import Foundation
import ShopSandboxes

/// What the run has shown, line by line, and what it must not show.
struct Verdict {
    private(set) var lines: [String] = []
    private(set) var faults: [String] = []

    private mutating func say(_ line: String) { lines.append(line) }

    mutating func judge(_ figures: Figures, merchant: MerchantWatch) {
        say("purchases: \(figures.booked) tickets of \(figures.orders.count) orders")
        let failed = figures.failed
        say("failed: \(failed.count)\(Self.list(Dictionary(grouping: failed, by: \.kind).mapValues(\.count)))")
        say("not ended: \(figures.unsettled.values.reduce(0, +))\(Self.list(figures.unsettled))")
        say("done again by buyers: \(figures.detours.values.reduce(0, +))\(Self.list(figures.detours))")
        for (step, count, p50, p99, most) in figures.percentiles {
            say("\(step): \(count) times, p50 \(Self.time(p50)), p99 \(Self.time(p99)), most \(Self.time(most))")
        }
        let guilty = failed.filter { failure in
            ["wetix", "revenue-monster/merchant"].allSatisfy { merchant.worked($0, at: failure.at) }
        }
        if !guilty.isEmpty { faults.append("\(guilty.count) purchases failed while valid tokens existed.") }
        if figures.booked == 0 { faults.append("Nobody got a ticket.") }
    }

    mutating func judge(_ money: MoneyAudit, _ payments: [SandboxPayment]) {
        let kinds = Dictionary(grouping: payments, by: \.status).mapValues(\.count)
        say("orders by state:\(Self.list(money.states))")
        say("transactions: \(payments.count)\(Self.list(kinds)); paid twice: \(money.paidTwice.count)")
        if !money.paidTwice.isEmpty { faults.append("Paid twice: \(money.paidTwice.joined(separator: ", ")).") }
        if !money.unpaidTickets.isEmpty {
            faults.append(
                "Tickets without one payment of their amount: \(money.unpaidTickets.joined(separator: ", "))."
            )
        }
        if !money.lostPayments.isEmpty {
            faults.append("Paid, and neither booked nor refunded: \(money.lostPayments.joined(separator: ", ")).")
        }
    }

    mutating func judge(_ name: String, requests: Int, faults: Int, signIns: Int, bound: Int) {
        say("token requests of \(name): \(requests), bound \(bound) with \(faults) faults and \(signIns) more sign-ins")
        if Double(requests) > 1.05 * Double(bound) {
            self.faults.append("\(name) received \(requests) token requests; the bound is \(bound).")
        }
    }

    /// Orders are kept in memory, a few KiB each; what grows beyond that has no bound.
    mutating func judge(_ memory: MemoryLog, orders: Int) {
        let (early, late) = (memory.bytes(after: 10), memory.last)
        say("memory: \(early / 1_048_576) MiB after 10 s, \(late / 1_048_576) MiB at the end")
        let allowed = 64 * 1_048_576 + orders * 24 * 1024
        if late - early > allowed { faults.append("The memory grew by \((late - early) / 1_048_576) MiB.") }
    }

    mutating func judge(exit status: Int32) {
        say("the shop ended with \(status)")
        if status != 0 { faults.append("The shop ended with \(status).") }
    }

    private static func list(_ counts: [String: Int]) -> String {
        let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { " \($0.value) × \($0.key)" }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ",").dropFirst()))"
    }

    private static func time(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .narrow, maximumUnitCount: 1))
    }
}
