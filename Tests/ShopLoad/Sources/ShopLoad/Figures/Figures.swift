import Foundation
import Synchronization

/// What the buyers have met, counted as it happens.
final class Figures: Sendable {
    /// A purchase that can't end well any more.
    struct Failed: Sendable {
        let kind: String
        let at: Date
    }

    private struct State {
        var times: [String: [Duration]] = [:]
        var booked = 0
        var orders: Set<String> = []
        var failed: [Failed] = []
        var unsettled: [String: Int] = [:]
        var detours: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Counts the time of a step.
    func note(_ time: Duration, of step: String) {
        state.withLock { $0.times[step, default: []].append(time) }
    }

    /// Counts an order that exists.
    func note(order id: String) {
        state.withLock { _ = $0.orders.insert(id) }
    }

    /// Counts a ticket.
    func noteTicket(after time: Duration) {
        state.withLock { state in
            state.booked += 1
            state.times["whole purchase", default: []].append(time)
        }
    }

    /// Counts a purchase that failed.
    func note(failure kind: String) {
        let failed = Failed(kind: kind, at: Date())
        state.withLock { $0.failed.append(failed) }
    }

    /// Counts a purchase that had not ended when the program did.
    func note(unsettled kind: String) {
        state.withLock { $0.unsettled[kind, default: 0] += 1 }
    }

    /// Counts something that a buyer had to do again.
    func note(detour kind: String) {
        state.withLock { $0.detours[kind, default: 0] += 1 }
    }

    /// How many tickets there are.
    var booked: Int { state.withLock { $0.booked } }
    /// The orders that exist.
    var orders: Set<String> { state.withLock { $0.orders } }
    /// The purchases that failed.
    var failed: [Failed] { state.withLock { $0.failed } }
    /// The purchases that had not ended, by where they stood.
    var unsettled: [String: Int] { state.withLock { $0.unsettled } }
    /// What buyers had to do again.
    var detours: [String: Int] { state.withLock { $0.detours } }

    /// The steps' times: how many, the median, the 99th percentile, and the slowest.
    var percentiles: [(step: String, count: Int, p50: Duration, p99: Duration, most: Duration)] {
        state.withLock { state in
            state.times.sorted { $0.key < $1.key }.map { step, times in
                let sorted = times.sorted()
                let at = { (share: Double) in sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] }
                return (step, sorted.count, at(0.5), at(0.99), at(1))
            }
        }
    }
}
